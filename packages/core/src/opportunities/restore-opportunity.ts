import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import { presentAccount } from "../accounts/present-account.ts";
import type { ChangeTarget } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { restoreRecord } from "../kit/restore-record.ts";
import type { OpportunityDeps } from "./ports.ts";

/**
 * Brings an opportunity back into the stage that it was in, with the industry that its account has now.
 * @throws DomainError `not_found`, `conflict`, `stale_version`, `duplicate_value`
 */
export function restoreOpportunity(
  input: ChangeTarget,
  { opportunities, accounts, context }: Pick<OpportunityDeps, "opportunities" | "accounts" | "context">,
): Promise<Stored<Opportunity>> {
  return restoreRecord<Opportunity>(input, "restoreOpportunity", {
    records: opportunities,
    context,
    async fields(before) {
      const accountId = await presentAccount(before.accountId, accounts);
      const account = accountId === undefined ? undefined : await accounts.get(accountId);
      return { accountId, ...(account ? { industry: account.industry ?? null } : {}) };
    },
  });
}
