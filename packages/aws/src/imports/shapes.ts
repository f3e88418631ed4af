import type { ImportedKind } from "@shangji/core/imports/job";
import type { StoredRecord } from "@shangji/core/kit/record";
import { accountShape } from "../dynamo/accounts/accounts.ts";
import { contactShape } from "../dynamo/contacts/contacts.ts";
import type { RecordShape } from "../dynamo/kit/record-store.ts";
import { leadShape } from "../dynamo/leads/leads.ts";
import { opportunityShape } from "../dynamo/opportunities/opportunities.ts";
import { teamShape } from "../dynamo/people/teams.ts";
import { userShape } from "../dynamo/people/users.ts";
import { productShape } from "../dynamo/products/products.ts";

/** How each kind of record that an import writes is stored. */
export const importShapes: Readonly<Record<ImportedKind | "team", RecordShape<StoredRecord>>> = {
  account: ofAnyKind(accountShape),
  contact: ofAnyKind(contactShape),
  product: ofAnyKind(productShape),
  user: ofAnyKind(userShape),
  team: ofAnyKind(teamShape),
  opportunity: ofAnyKind(opportunityShape),
  lead: ofAnyKind(leadShape),
};

/** A record always comes with its kind, so it is only ever given to the shape of its own. */
function ofAnyKind<T>(shape: RecordShape<T>): RecordShape<StoredRecord> {
  return shape as unknown as RecordShape<StoredRecord>; // as said above
}
