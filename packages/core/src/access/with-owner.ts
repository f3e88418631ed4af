import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import { scopeOf, type Viewer } from "./viewer.ts";

/** A new record without an owner belongs to its maker, unless the maker's role covers all records: then it may be nobody's. */
export function withOwner<T extends { ownerId?: string | undefined }>(
  input: T,
  entity: OwnedEntity,
  viewer: Viewer,
): T {
  const mayBeNobodys = scopeOf(viewer, { entity, action: "create" }) === "all";
  return input.ownerId !== undefined || mayBeNobodys ? input : { ...input, ownerId: viewer.actor.userId };
}
