import type { Contact, NewContact } from "@shangji/contracts/contacts/schemas";
import { assertAccountExists } from "../accounts/assert-account.ts";
import { type Checked, checkDuplicates, marksPatch } from "../duplicates/check-duplicates.ts";
import { type Written, written } from "../duplicates/written.ts";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { ownershipChange } from "../people/ownership.ts";
import type { ContactDeps } from "./ports.ts";

/**
 * A contact as it would be added, checked. `command` is what it is added by.
 * @throws DomainError `unknown_reference`, `inactive_reference`, `duplicate`
 */
export async function newContact(
  input: NewContact,
  { contacts, accounts, users, duplicates, context }: ContactDeps,
  command: string,
): Promise<{ contact: Stored<Contact>; checked: Checked }> {
  const [ownership, checked] = await Promise.all([
    ownershipChange(input.ownerId, users),
    checkDuplicates({ entity: "contact", after: input }, { ...duplicates, records: contacts }),
    assertAccountExists(input.accountId, accounts),
  ]);
  const fields = { ...input, ...ownership, ...marksPatch(checked.marks) };
  return { contact: newRecord<Contact>("contact", fields, { context, command }), checked };
}

/** Adds a contact; without an owner it belongs to nobody. @throws DomainError `unknown_reference`, `duplicate_value`, `duplicate` */
export async function createContact(input: NewContact, deps: ContactDeps): Promise<Written<Stored<Contact>>> {
  const { contact, checked } = await newContact(input, deps, "createContact");
  return written(contact, checked, (claim) => deps.contacts.create(contact, claim), deps.context.claim);
}
