import type { Account, AccountPatch } from "@shangji/contracts/accounts/schemas";
import { assertParent } from "../kit/parent-chain.ts";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { ownershipChange } from "../people/ownership.ts";
import type { AccountDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `stale_version`, `conflict`, `unknown_reference`, `invalid_request` */
export async function updateAccount(
  input: ChangeTarget & { patch: AccountPatch },
  deps: AccountDeps,
): Promise<Stored<Account>> {
  const before = await readForChange(deps.accounts, input);
  const after = await revisedAccount(before, input.patch, { ...deps, command: "updateAccount" });
  await deps.accounts.update(before, after, deps.context.claim);
  return after;
}

/** The account with the patch, not written yet. @throws DomainError `unknown_reference`, `invalid_request` */
export async function revisedAccount(
  before: Stored<Account>,
  patch: AccountPatch,
  { accounts, users, context, command }: AccountDeps & { command: string },
): Promise<Stored<Account>> {
  const [ownership] = await Promise.all([
    ownershipChange(patch.ownerId, users),
    patch.parentId && assertParent({ id: before.id, parentId: patch.parentId }, accounts.get),
  ]);
  return revise(before, { ...patch, ...ownership }, { context, command });
}
