import type { Account } from "@shangji/contracts/accounts/schemas";
import { assertNotPooled } from "../accounts/assert-not-pooled.ts";
import type { PooledKind } from "./pooled-kind.ts";

/** Accounts wait where their `pool` says. Their contacts and opportunities stay with those who have them. */
export const accountsInPools: PooledKind<Account> = {
  entity: "account",
  noun: "Account",
  entryIn: ({ pool }) => pool,
  pooled: ({ ownerId: previousOwnerId }, { poolId, at, reason, text }) => ({
    ownerId: null,
    teamId: null,
    pool: {
      poolId,
      at,
      ...(previousOwnerId === undefined ? {} : { previousOwnerId }),
      ...(reason === undefined ? {} : { reason }),
      ...(text === undefined ? {} : { text }),
    },
  }),
  takenOut: (owner) => ({ ownerId: owner?.id ?? null, teamId: owner?.teamId ?? null, pool: null }),
  assertReturnable: assertNotPooled,
};
