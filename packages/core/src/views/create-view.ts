import type { NewView, View } from "@shangji/contracts/views/schemas";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { assertUsable, teamFor } from "./assert-usable.ts";
import type { ViewDeps } from "./ports.ts";

/** Saves a view for its maker. @throws DomainError `invalid_request`, `forbidden` when the caller may not read such records */
export async function createView(input: NewView, deps: ViewDeps): Promise<Stored<View>> {
  const { actor } = deps.viewer;
  assertUsable(input, deps);
  const own = { ownerId: actor.userId, ownerTeamId: teamFor(input.sharedWith, actor.teamId) };
  const view = newRecord<View>("view", { ...input, ...own }, { context: deps.context, command: "createView" });
  await deps.views.create(view, deps.context.claim);
  return view;
}
