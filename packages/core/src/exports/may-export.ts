import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import { isInScope } from "../access/scopes.ts";
import { scopeOf, type Viewer } from "../access/viewer.ts";

/**
 * Whoever reads records may take them along. A key needs the scope to read them, not only the one to export: of a service
 * account's keys one may be allowed contacts and another not.
 */
export function mayExport(viewer: Pick<Viewer, "actor" | "rules">, entity: OwnedEntity): boolean {
  const access = { entity, action: "read" } as const;
  return scopeOf(viewer, access) !== "none" && isInScope(viewer.actor.scopes, access);
}
