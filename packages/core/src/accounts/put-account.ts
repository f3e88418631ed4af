import { type Account, type AccountPatch, NewAccount } from "@shangji/contracts/accounts/schemas";
import type { ExternalId } from "@shangji/contracts/kit/primitives";
import { externalIdValue } from "../kit/external-id.ts";
import { newFields, type PutRecord, putByExternalId } from "../kit/put-by-external-id.ts";
import { createAccount } from "./create-account.ts";
import type { AccountDeps } from "./ports.ts";
import { changeAccount } from "./update-account.ts";

export interface AccountPut {
  externalId: ExternalId;
  fields: AccountPatch;
  expectedVersion?: number | undefined;
}

/**
 * Adds the account of another system, or gives it these fields; `complete` adds what a new one gets besides them.
 * @throws DomainError as `createAccount` and `updateAccount` do
 */
export async function putAccount(
  { externalId, fields, expectedVersion }: AccountPut,
  deps: AccountDeps & { complete?: (account: NewAccount) => NewAccount },
): Promise<PutRecord<Account>> {
  const { accounts, complete = (account) => account } = deps;
  return putByExternalId<Account, AccountPatch>({
    fields,
    expectedVersion,
    find: () => accounts.getByUnique(externalIdValue(externalId)),
    create: () => createAccount(complete(newFields(NewAccount, { ...fields, externalId })), deps),
    change: (before, changed) => changeAccount(before, changed, { ...deps, command: "putAccount" }),
  });
}
