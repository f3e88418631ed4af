import type { ImportEntity } from "@shangji/contracts/imports/schemas";
import { accounts } from "./accounts.ts";
import { contacts } from "./contacts.ts";
import type { Importer } from "./importer.ts";
import { opportunities } from "./opportunities.ts";
import { products } from "./products.ts";
import { users } from "./users.ts";

/** How the rows of each entity become records. A draft is only ever given records of its own kind. */
export const importers: Readonly<Record<ImportEntity, Importer>> = {
  accounts: accounts as Importer,
  contacts: contacts as Importer,
  products: products as Importer,
  users: users as Importer,
  opportunities: opportunities as Importer,
};
