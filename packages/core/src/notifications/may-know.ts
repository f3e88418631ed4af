import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import { mayDo, type Viewer } from "../access/viewer.ts";
import type { Named } from "./ports.ts";

/**
 * Whether a person may be told of a record by its name: who may read it, and whoever had it last while it waits in a pool, where
 * nothing of it changes.
 */
export function mayKnow(viewer: Viewer, entity: OwnedEntity, record: Named): boolean {
  const { userId } = viewer.actor;
  return mayDo(viewer, { entity, action: "read" }, record) || record.pool?.previousOwnerId === userId;
}
