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
  const after = await revisedContact(before, input.patch, { ...deps, command: "updateContact" });
  await deps.contacts.update(before, after, deps.context.claim);
  return after;
}

/** The contact with the patch, not written yet. @throws DomainError `unknown_reference` */
export async function revisedContact(
  before: Stored<Contact>,
  patch: ContactPatch,
  { accounts, users, context, command }: ContactDeps & { command: string },
): Promise<Stored<Contact>> {
  const [ownership] = await Promise.all([
    ownershipChange(patch.ownerId, users),
    assertAccountExists(patch.accountId, accounts),
  ]);
  return revise(before, { ...patch, ...ownership }, { context, command });
}
