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
  const { id, patch } = input;
  const before = await readForChange(deps.accounts, input);
  const [ownership] = await Promise.all([
    ownershipChange(patch.ownerId, deps.users),
    patch.parentId && assertParent({ id, parentId: patch.parentId }, deps.accounts.get),
  ]);
  const after = revise(before, { ...patch, ...ownership }, { context: deps.context, command: "updateAccount" });
  await deps.accounts.update(before, after);
  return after;
}
