import type { Account } from "@shangji/contracts/accounts/schemas";
import { RecyclingSince } from "@shangji/contracts/recycling/rules";
import { accountFields } from "../accounts/fields.ts";
import { periodStart } from "../conditions/period-start.ts";
import { startOf } from "../kit/zone.ts";
import { accountsInPools } from "../pools/pooled-account.ts";
import type { RecycledKind } from "./recycled-kind.ts";

/** Accounts, as long as somebody has them, customers or not. A contract ends with the last moment of its last day. */
export const recycledAccounts: RecycledKind<Account> = {
  pooling: accountsInPools,
  fields: accountFields,
  sinces: RecyclingSince.options,
  isOpen: () => true,
  timesOf: ({ contractEndsOn }, zone) => ({
    contractEndedAt:
      contractEndsOn === undefined
        ? undefined
        : startOf(zone, periodStart(contractEndsOn, { start: "day", offset: 1 })),
  }),
};
