import type { Contact, ContactPatch } from "@shangji/contracts/contacts/schemas";
import { assertAccountExists } from "../accounts/assert-account.ts";
import { checkDuplicates, given, marksPatch } from "../duplicates/check-duplicates.ts";
import { type Written, written } from "../duplicates/written.ts";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { ownershipChange } from "../people/ownership.ts";
import type { ContactDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `stale_version`, `conflict`, `duplicate_value`, `duplicate`, `unknown_reference` */
export async function updateContact(
  input: ChangeTarget & { patch: ContactPatch },
  deps: ContactDeps,
): Promise<Written<Stored<Contact>>> {
  const before = await readForChange(deps.contacts, input);
  const [ownership] = await Promise.all([
    ownershipChange(input.patch.ownerId, deps.users),
    assertAccountExists(input.patch.accountId, deps.accounts),
  ]);
  const checked = await checkDuplicates(
    { entity: "contact", before, after: { ...before, ...given(input.patch) } },
    { ...deps.duplicates, records: deps.contacts },
  );
  const changes = { ...input.patch, ...ownership, ...marksPatch(checked.marks, before) };
  const after = revise(before, changes, { context: deps.context, command: "updateContact" });
  return written(after, checked, () => deps.contacts.update(before, after));
}
