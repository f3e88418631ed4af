import type { Contact, NewContact } from "@shangji/contracts/contacts/schemas";
import { assertAccountExists } from "../accounts/assert-account.ts";
import { checkDuplicates, marksPatch } from "../duplicates/check-duplicates.ts";
import { type Written, written } from "../duplicates/written.ts";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { ownershipChange } from "../people/ownership.ts";
import type { ContactDeps } from "./ports.ts";

/** Adds a contact; without an owner it belongs to nobody. @throws DomainError `unknown_reference`, `duplicate_value`, `duplicate` */
export async function createContact(input: NewContact, deps: ContactDeps): Promise<Written<Stored<Contact>>> {
  const [ownership, checked] = await Promise.all([
    ownershipChange(input.ownerId, deps.users),
    checkDuplicates({ entity: "contact", after: input }, { ...deps.duplicates, records: deps.contacts }),
    assertAccountExists(input.accountId, deps.accounts),
  ]);
  const stamp = { context: deps.context, command: "createContact" };
  const contact = newRecord<Contact>("contact", { ...input, ...ownership, ...marksPatch(checked.marks) }, stamp);
  return written(contact, checked, (claim) => deps.contacts.create(contact, claim), deps.context.claim);
}
