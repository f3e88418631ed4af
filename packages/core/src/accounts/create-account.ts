import type { Account, NewAccount } from "@shangji/contracts/accounts/schemas";
import { type Checked, checkDuplicates, marksPatch } from "../duplicates/check-duplicates.ts";
import { type Written, written } from "../duplicates/written.ts";
import { newRecord } from "../kit/new-record.ts";
import { assertParent } from "../kit/parent-chain.ts";
import type { Stored } from "../kit/record.ts";
import { ownershipChange } from "../people/ownership.ts";
import type { AccountDeps } from "./ports.ts";

/**
 * An account as it would be added, checked. `command` is what it is added by.
 * @throws DomainError `unknown_reference`, `inactive_reference`, `invalid_request`, `duplicate`
 */
export async function newAccount(
  input: NewAccount,
  { accounts, users, duplicates, context }: AccountDeps,
  command: string,
): Promise<{ account: Stored<Account>; checked: Checked }> {
  const [ownership, checked] = await Promise.all([
    ownershipChange(input.ownerId, users),
    checkDuplicates({ entity: "account", after: input }, { ...duplicates, records: accounts }),
    input.parentId && assertParent({ parentId: input.parentId }, accounts.get),
  ]);
  const fields = { ...input, ...ownership, ...marksPatch(checked.marks) };
  return { account: newRecord<Account>("account", fields, { context, command }), checked };
}

/** Adds an account; without an owner it belongs to nobody. @throws DomainError `unknown_reference`, `invalid_request`, `duplicate_value`, `duplicate` */
export async function createAccount(input: NewAccount, deps: AccountDeps): Promise<Written<Stored<Account>>> {
  const { account, checked } = await newAccount(input, deps, "createAccount");
  return written(account, checked, (claim) => deps.accounts.create(account, claim), deps.context.claim);
}
