import type { Explanation, OwnedEntity } from "@shangji/contracts/access/schemas";
import { notFound } from "../kit/domain-error.ts";
import { entityOf } from "../kit/ids.ts";
import type { RecordStore } from "../kit/record.ts";
import { type Belonging, belongsTo, isVisible, scopeOf, type Viewer, visibilityOf } from "./viewer.ts";

interface Question {
  entity: OwnedEntity;
  id: string;
  action: "read" | "update" | "delete";
}

/**
 * Which rule decides about a record. What the caller may not read is as missing here as everywhere.
 * @throws DomainError `not_found`
 */
export async function explainAccess(
  { entity, id, action }: Question,
  { records, viewer }: { records: Pick<RecordStore<Belonging>, "get">; viewer: Viewer },
): Promise<Explanation> {
  const record = entityOf(id) === entity ? await records.get(id) : undefined;
  if (!record || !isVisible(visibilityOf(viewer, { entity, action: "read" }), record)) throw notFound();
  const access = { entity, action };
  const scope = scopeOf(viewer, access);
  const allowed = isVisible(visibilityOf(viewer, access), record);
  return { allowed, role: viewer.actor.role, entity, action, scope, because: reason() };

  function reason(): Explanation["because"] {
    if (scope === "none") return "no_rule";
    if (scope === "all") return "all";
    if (!allowed) return "out_of_scope";
    if (record?.ownerId === viewer.actor.userId) return "owner";
    return belongsTo(visibilityOf(viewer, access), record ?? {}) ? "team" : "share";
  }
}
