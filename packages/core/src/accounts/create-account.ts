import type { Account, NewAccount } from "@shangji/contracts/accounts/schemas";
import { newRecord } from "../kit/new-record.ts";
import { assertParent } from "../kit/parent-chain.ts";
import type { Stored } from "../kit/record.ts";
import { ownershipChange } from "../people/ownership.ts";
import type { AccountDeps } from "./ports.ts";

/** Adds an account; without an owner it belongs to nobody. @throws DomainError `unknown_reference`, `invalid_request`, `duplicate_value` */
export async function createAccount(input: NewAccount, deps: AccountDeps): Promise<Stored<Account>> {
  const [ownership] = await Promise.all([
    ownershipChange(input.ownerId, deps.users),
    input.parentId && assertParent({ parentId: input.parentId }, deps.accounts.get),
  ]);
  const stamp = { context: deps.context, command: "createAccount" };
  const account = newRecord<Account>("account", { ...input, ...ownership }, stamp);
  await deps.accounts.create(account, deps.context.claim);
  return account;
}
