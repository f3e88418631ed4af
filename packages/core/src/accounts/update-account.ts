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
  return changeAccount(before, input.patch, { ...deps, command: "updateAccount" });
}

/** Gives a patch to the account as it was read. @throws DomainError `conflict`, `unknown_reference`, `invalid_request` */
export async function changeAccount(
  before: Stored<Account>,
  patch: AccountPatch,
  { accounts, users, context, command }: AccountDeps & { command: string },
): Promise<Stored<Account>> {
  const [ownership] = await Promise.all([
    ownershipChange(patch.ownerId, users),
    patch.parentId && assertParent({ id: before.id, parentId: patch.parentId }, accounts.get),
  ]);
  const after = revise(before, { ...patch, ...ownership }, { context, command });
  await accounts.update(before, after, context.claim);
  return after;
}
