import type { Account } from "@shangji/contracts/accounts/schemas";
import type { ChangeTarget } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { restoreRecord } from "../kit/restore-record.ts";
import type { AccountDeps } from "./ports.ts";

/** @throws DomainError `not_found`, `conflict`, `stale_version`, `duplicate_value` */
export function restoreAccount(
  input: ChangeTarget,
  { accounts, context }: Pick<AccountDeps, "accounts" | "context">,
): Promise<Stored<Account>> {
  return restoreRecord<Account>(input, "restoreAccount", { records: accounts, context });
}
