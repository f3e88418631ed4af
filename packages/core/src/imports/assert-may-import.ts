import type { Access } from "@shangji/contracts";
import type { ImportEntity } from "@shangji/contracts/imports/schemas";
import { actorMay } from "../access/scopes.ts";
import type { Actor } from "../kit/actor.ts";
import { DomainError } from "../kit/domain-error.ts";

const entityOf: Readonly<Record<ImportEntity, Access["entity"]>> = {
  accounts: "account",
  contacts: "contact",
  products: "product",
  users: "user",
  opportunities: "opportunity",
};

/** A file does nothing that its sender may not do record by record. @throws DomainError `forbidden` */
export function assertMayImport(actor: Actor, imported: ImportEntity): void {
  const entity = entityOf[imported];
  const may = (["create", "update"] as const).every((action) => actorMay(actor, { entity, action }));
  if (!may) throw new DomainError("forbidden", `You may not create and change ${imported}.`);
}
