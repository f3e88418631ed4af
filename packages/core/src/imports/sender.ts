import { type ActorDeps, actorNow } from "../access/actor-now.ts";
import type { Viewer } from "../access/viewer.ts";
import { type ViewerDeps, viewerOf } from "../access/viewer-of.ts";
import type { ImportJob } from "./job.ts";

export interface SenderDeps extends ActorDeps {
  viewers: ViewerDeps;
}

/** Whoever has sent an import, with the role, teams, shares and key as they are now; undefined when they may not enter any more. */
export async function senderOf(
  { createdBy, keyId }: Pick<ImportJob, "createdBy" | "keyId">,
  deps: SenderDeps,
): Promise<Viewer | undefined> {
  const actor = await actorNow({ id: createdBy, keyId }, deps);
  return actor && viewerOf(actor, deps.viewers);
}
