import { type Contact, type ContactPatch, NewContact } from "@shangji/contracts/contacts/schemas";
import type { ExternalId } from "@shangji/contracts/kit/primitives";
import { externalIdValue } from "../kit/external-id.ts";
import { newFields, type PutRecord, putByExternalId } from "../kit/put-by-external-id.ts";
import { createContact } from "./create-contact.ts";
import type { ContactDeps } from "./ports.ts";
import { changeContact } from "./update-contact.ts";

export interface ContactPut {
  externalId: ExternalId;
  fields: ContactPatch;
  expectedVersion?: number | undefined;
}

/**
 * Adds the contact of another system, or gives it these fields; `complete` adds what a new one gets besides them.
 * @throws DomainError as `createContact` and `updateContact` do
 */
export async function putContact(
  { externalId, fields, expectedVersion }: ContactPut,
  deps: ContactDeps & { complete?: (contact: NewContact) => NewContact },
): Promise<PutRecord<Contact>> {
  const { contacts, complete = (contact) => contact } = deps;
  return putByExternalId<Contact, ContactPatch>({
    fields,
    expectedVersion,
    find: () => contacts.getByUnique(externalIdValue(externalId)),
    create: () => createContact(complete(newFields(NewContact, { ...fields, externalId })), deps),
    change: (before, changed) => changeContact(before, changed, { ...deps, command: "putContact" }),
  });
}
