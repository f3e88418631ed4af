import type { Access } from "@shangji/contracts";
import type { ImportEntity } from "@shangji/contracts/imports/schemas";
import { hasFrozenFields } from "../access/field-rules.ts";
import { scopeOf, type Viewer } from "../access/viewer.ts";
import { DomainError } from "../kit/domain-error.ts";

const entityOf: Readonly<Record<ImportEntity, Access["entity"]>> = {
  accounts: "account",
  contacts: "contact",
  products: "product",
  users: "user",
  opportunities: "opportunity",
  leads: "lead",
};

/**
 * A file does nothing that its sender may not do record by record. Its rows name any owner and any field, so whoever sends it
 * must cover all records, and may write all of their fields. @throws DomainError `forbidden`, `field_not_allowed`
 */
export function assertMayImport(viewer: Viewer, imported: ImportEntity): void {
  if (!coversAll(viewer, imported))
    throw new DomainError("forbidden", `You may not create and change all ${imported}.`);
  if (hasFrozenFields(viewer, entityOf[imported]))
    throw new DomainError("field_not_allowed", `Your role may not write all fields of ${imported}.`);
}

/** Whether somebody may be given the failed rows of an import, which are rows of its file: who sent it, and admins. */
export function maySeeRows(
  viewer: Viewer,
  { entity, createdBy }: { entity: ImportEntity; createdBy: string },
): boolean {
  const { userId, role } = viewer.actor;
  return role === "admin" || (userId === createdBy && coversAll(viewer, entity));
}

function coversAll(viewer: Viewer, imported: ImportEntity): boolean {
  const entity = entityOf[imported];
  return (["create", "update"] as const).every((action) => scopeOf(viewer, { entity, action }) === "all");
}
