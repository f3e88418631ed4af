import type { Account, AccountPatch } from "@shangji/contracts/accounts/schemas";
import { checkDuplicates, given, marksPatch } from "../duplicates/check-duplicates.ts";
import { type Written, written } from "../duplicates/written.ts";
import { assertParent } from "../kit/parent-chain.ts";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { ownershipChange } from "../people/ownership.ts";
import { assertNotPooled } from "./assert-not-pooled.ts";
import type { AccountDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `stale_version`, `conflict`, `pooled`, `duplicate_value`, `duplicate`, `unknown_reference`, `invalid_request` */
export async function updateAccount(
  input: ChangeTarget & { patch: AccountPatch },
  deps: AccountDeps,
): Promise<Written<Stored<Account>>> {
  const before = await readForChange(deps.accounts, input);
  return changeAccount(before, input.patch, { ...deps, command: "updateAccount" });
}

/** Gives a patch to the account as it was read. @throws DomainError `conflict`, `pooled`, `duplicate_value`, `duplicate`, `unknown_reference`, `invalid_request` */
export async function changeAccount(
  before: Stored<Account>,
  patch: AccountPatch,
  deps: AccountDeps & { command: string },
): Promise<Written<Stored<Account>>> {
  assertNotPooled(before);
  const [ownership] = await Promise.all([
    ownershipChange(patch.ownerId, deps.users),
    patch.parentId && assertParent({ id: before.id, parentId: patch.parentId }, deps.accounts.get),
  ]);
  const checked = await checkDuplicates(
    { entity: "account", before, after: { ...before, ...given(patch) } },
    { ...deps.duplicates, records: deps.accounts },
  );
  const after = revise(before, { ...patch, ...ownership, ...marksPatch(checked.marks, before) }, deps);
  return written(after, checked, (claim) => deps.accounts.update(before, after, claim), deps.context.claim);
}
