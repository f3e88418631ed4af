import type { Contact, ContactPatch } from "@shangji/contracts/contacts/schemas";
import { assertAccountExists } from "../accounts/assert-account.ts";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { ownershipChange } from "../people/ownership.ts";
import type { ContactDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `stale_version`, `conflict`, `unknown_reference` */
export async function updateContact(
  input: ChangeTarget & { patch: ContactPatch },
  deps: ContactDeps,
): Promise<Stored<Contact>> {
  const before = await readForChange(deps.contacts, input);
  return changeContact(before, input.patch, { ...deps, command: "updateContact" });
}

/** Gives a patch to the contact as it was read. @throws DomainError `conflict`, `unknown_reference` */
export async function changeContact(
  before: Stored<Contact>,
  patch: ContactPatch,
  { contacts, accounts, users, context, command }: ContactDeps & { command: string },
): Promise<Stored<Contact>> {
  const [ownership] = await Promise.all([
    ownershipChange(patch.ownerId, users),
    assertAccountExists(patch.accountId, accounts),
  ]);
  const after = revise(before, { ...patch, ...ownership }, { context, command });
  await contacts.update(before, after, context.claim);
  return after;
}
