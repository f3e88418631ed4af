import type { AccountOwners } from "@shangji/core/assignment/ports";
import { companyKey } from "@shangji/core/duplicates/company-key";
import { accountShape } from "../accounts/accounts.ts";
import type { Table } from "../kit/client.ts";
import { matchStore } from "../kit/match-store.ts";

/**
 * Who owns the accounts of a company: a Query of gsi6, 0.5 RCU, and BatchGetItem of what it finds, 0.5 RCU each, of twenty-five at
 * most. Their index lags behind a little.
 */
export function accountOwnersIn(table: Table): AccountOwners {
  const accounts = matchStore(table, accountShape);
  return {
    async ownersOf(company) {
      const matches = await accounts.findMatches({ by: "name", value: companyKey(company) });
      return [...new Set(matches.flatMap(({ record }) => record.ownerId ?? []))].sort();
    },
  };
}
