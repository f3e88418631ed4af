import type { Account, NewAccount } from "@shangji/contracts/accounts/schemas";
import { checkDuplicates, marksPatch } from "../duplicates/check-duplicates.ts";
import { type Written, written } from "../duplicates/written.ts";
import { newRecord } from "../kit/new-record.ts";
import { assertParent } from "../kit/parent-chain.ts";
import type { Stored } from "../kit/record.ts";
import { ownershipChange } from "../people/ownership.ts";
import type { AccountDeps } from "./ports.ts";

/** Adds an account; without an owner it belongs to nobody. @throws DomainError `unknown_reference`, `invalid_request`, `duplicate_value`, `duplicate` */
export async function createAccount(input: NewAccount, deps: AccountDeps): Promise<Written<Stored<Account>>> {
  const [ownership, checked] = await Promise.all([
    ownershipChange(input.ownerId, deps.users),
    checkDuplicates({ entity: "account", after: input }, { ...deps.duplicates, records: deps.accounts }),
    input.parentId && assertParent({ parentId: input.parentId }, deps.accounts.get),
  ]);
  const stamp = { context: deps.context, command: "createAccount" };
  const account = newRecord<Account>("account", { ...input, ...ownership, ...marksPatch(checked.marks) }, stamp);
  return written(account, checked, (claim) => deps.accounts.create(account, claim), deps.context.claim);
}
