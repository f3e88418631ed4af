import type { Account } from "@shangji/contracts/accounts/schemas";
import { checkDuplicates, marksPatch } from "../duplicates/check-duplicates.ts";
import type { ChangeTarget } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { restoreRecord } from "../kit/restore-record.ts";
import type { AccountDeps } from "./ports.ts";
import { presentAccount } from "./present-account.ts";

/** @throws DomainError `not_found`, `conflict`, `stale_version`, `duplicate_value`, `duplicate` */
export function restoreAccount(
  input: ChangeTarget,
  { accounts, duplicates, context }: Pick<AccountDeps, "accounts" | "duplicates" | "context">,
): Promise<Stored<Account>> {
  return restoreRecord<Account>(input, "restoreAccount", {
    records: accounts,
    context,
    async fields(before) {
      const { marks } = await checkDuplicates(
        { entity: "account", after: before },
        { ...duplicates, records: accounts },
      );
      return { parentId: await presentAccount(before.parentId, accounts), ...marksPatch(marks, before) };
    },
  });
}
