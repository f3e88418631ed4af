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
  return changeContact(before, input.patch, { ...deps, command: "updateContact" });
}

/** Gives a patch to the contact as it was read. @throws DomainError `conflict`, `duplicate_value`, `duplicate`, `unknown_reference` */
export async function changeContact(
  before: Stored<Contact>,
  patch: ContactPatch,
  deps: ContactDeps & { command: string },
): Promise<Written<Stored<Contact>>> {
  const [ownership] = await Promise.all([
    ownershipChange(patch.ownerId, deps.users),
    assertAccountExists(patch.accountId, deps.accounts),
  ]);
  const checked = await checkDuplicates(
    { entity: "contact", before, after: { ...before, ...given(patch) } },
    { ...deps.duplicates, records: deps.contacts },
  );
  const after = revise(before, { ...patch, ...ownership, ...marksPatch(checked.marks, before) }, deps);
  return written(after, checked, (claim) => deps.contacts.update(before, after, claim), deps.context.claim);
}
