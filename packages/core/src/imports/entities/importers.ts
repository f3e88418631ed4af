import type { ImportEntity } from "@shangji/contracts/imports/schemas";
import { accounts } from "./accounts.ts";
import { contacts } from "./contacts.ts";
import type { Importer } from "./importer.ts";
import { leads } from "./leads.ts";
import { opportunities } from "./opportunities.ts";
import { products } from "./products.ts";
import { users } from "./users.ts";

/** How the rows of each entity become records. */
export const importers: Readonly<Record<ImportEntity, Importer>> = {
  accounts: ofAnyKind(accounts),
  contacts: ofAnyKind(contacts),
  products: ofAnyKind(products),
  users: ofAnyKind(users),
  opportunities: ofAnyKind(opportunities),
  leads: ofAnyKind(leads),
};

/** A draft is only ever given records of its own kind, so the engine need not know the kind. */
function ofAnyKind<T>(importer: Importer<T>): Importer {
  return importer as unknown as Importer; // as said above
}
