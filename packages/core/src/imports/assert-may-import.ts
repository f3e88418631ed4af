import type { Access } from "@shangji/contracts";
import type { ImportEntity } from "@shangji/contracts/imports/schemas";
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
 * A file does nothing that its sender may not do record by record. Its rows name any owner, so whoever sends it must cover
 * all records. @throws DomainError `forbidden`
 */
export function assertMayImport(viewer: Viewer, imported: ImportEntity): void {
  const entity = entityOf[imported];
  const may = (["create", "update"] as const).every((action) => scopeOf(viewer, { entity, action }) === "all");
  if (!may) throw new DomainError("forbidden", `You may not create and change all ${imported}.`);
}
