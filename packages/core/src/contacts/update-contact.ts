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
  const [ownership] = await Promise.all([
    ownershipChange(input.patch.ownerId, deps.users),
    assertAccountExists(input.patch.accountId, deps.accounts),
  ]);
  const after = revise(before, { ...input.patch, ...ownership }, { context: deps.context, command: "updateContact" });
  await deps.contacts.update(before, after);
  return after;
}
