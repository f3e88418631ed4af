import type { Contact } from "@shangji/contracts/contacts/schemas";
import type { Contacts } from "@shangji/core/contacts/ports";
import { foldName } from "@shangji/core/kit/fold";
import type { Table } from "../kit/client.ts";
import { externalIdValue } from "../kit/external-id.ts";
import { laneStore } from "../kit/lane-list.ts";
import { type RecordShape, recordStore } from "../kit/record-store.ts";

/**
 * Contacts, each in a partition of its own.
 * - one by id: GetItem, 0.5 RCU
 * - of an owner / a team / an account: Query gsi1, gsi2, gsi4, latest change first
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
  },
  uniques: (contact) => externalIdValue(contact.externalId),
  derived: (contact) => ({ lookup: contact.email ? contact.email.toLowerCase() : foldName(contact.name) }),
};

export function contactsIn(table: Table): Contacts {
  return { ...recordStore(table, contactShape), ...laneStore(table, contactShape) };
}
