import type { Contact } from "@shangji/contracts/contacts/schemas";
import type { Contacts } from "@shangji/core/contacts/ports";
import { emailKey } from "@shangji/core/duplicates/match-keys";
import type { Table } from "../kit/client.ts";
import { externalIdValue } from "../kit/external-id.ts";
import { laneStore } from "../kit/lane-list.ts";
import { matchStore } from "../kit/match-store.ts";
import { type RecordShape, recordStore } from "../kit/record-store.ts";

/**
 * Contacts, each in a partition of its own.
 * - one by id: GetItem, 0.5 RCU
 * - of an owner / a team / an account: Query gsi1, gsi2, gsi4, latest change first
 * - by e-mail: Query gsi6; by phone number: Query gsi9; 0.5 RCU, and 0.5 RCU for each that it finds
 * - by external id: GetItem of the unique value
 */
export const contactShape: RecordShape<Contact> = {
  kind: "contact",
  key: "id",
  personal: true,
  attributes: {
    name: "string",
    accountId: "string",
    title: "string",
    email: "string",
    phone: "string",
    ownerId: "string",
    teamId: "string",
    tags: "any",
    externalId: "any",
    lookup: "string",
    phoneKey: "string",
    held: "any",
  },
  uniques: (contact) => externalIdValue(contact.externalId),
  derived: (contact) => (contact.email ? { lookup: emailKey(contact.email) } : {}),
};

export function contactsIn(table: Table): Contacts {
  return {
    ...recordStore(table, contactShape),
    ...laneStore(table, contactShape),
    ...matchStore(table, contactShape),
  };
}
