import type { Contact, NewContact } from "@shangji/contracts/contacts/schemas";
import { assertAccountExists } from "../accounts/assert-account.ts";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { ownershipChange } from "../people/ownership.ts";
import type { ContactDeps } from "./ports.ts";

/** Adds a contact; without an owner it belongs to nobody. @throws DomainError `unknown_reference`, `duplicate_value` */
export async function createContact(input: NewContact, deps: ContactDeps): Promise<Stored<Contact>> {
  const [ownership] = await Promise.all([
    ownershipChange(input.ownerId, deps.users),
    assertAccountExists(input.accountId, deps.accounts),
  ]);
  const stamp = { context: deps.context, command: "createContact" };
  const contact = newRecord<Contact>("contact", { ...input, ...ownership }, stamp);
  await deps.contacts.create(contact, deps.context.claim);
  return contact;
}
