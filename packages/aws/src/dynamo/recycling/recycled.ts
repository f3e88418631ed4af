import type { Clock } from "@shangji/core/kit/context";
import { recycledAccounts } from "@shangji/core/recycling/recycled-account";
import { recycledLeads } from "@shangji/core/recycling/recycled-lead";
import { accountShape } from "../accounts/accounts.ts";
import { recyclingRuleSetsIn } from "../assignment/settings.ts";
import type { Table } from "../kit/client.ts";
import { leadShape } from "../leads/leads.ts";
import { countdownsIn } from "./countdowns.ts";

/** What is kept of recycling, of each kind of record. */
export function recycledIn(table: Table, clock: Clock) {
  return {
    lead: {
      kind: recycledLeads,
      countdowns: countdownsIn({ table, shape: leadShape, clock }, recycledLeads.pooling),
      recyclingRules: recyclingRuleSetsIn(table, clock, "lead"),
    },
    account: {
      kind: recycledAccounts,
      countdowns: countdownsIn({ table, shape: accountShape, clock }, recycledAccounts.pooling),
      recyclingRules: recyclingRuleSetsIn(table, clock, "account"),
    },
  };
}
