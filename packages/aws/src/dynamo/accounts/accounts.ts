import type { Account } from "@shangji/contracts/accounts/schemas";
import type { Accounts } from "@shangji/core/accounts/ports";
import { companyKey } from "@shangji/core/duplicates/company-key";
import { foldName } from "@shangji/core/kit/fold";
import type { Table } from "../kit/client.ts";
import { externalIdValue } from "../kit/external-id.ts";
import { laneStore } from "../kit/lane-list.ts";
import { keysWith, matchStore } from "../kit/match-store.ts";
import { type RecordShape, recordStore } from "../kit/record-store.ts";
import { batchGet } from "../kit/unique-values.ts";
import { poolQueue } from "../pools/partitions.ts";

/**
 * Accounts, each in a partition of its own.
 * - one by id: GetItem, 0.5 RCU
 * - of an owner / of a team: Query gsi1 / gsi2, latest change first
 * - below another one: Query gsi4, where the parent stands as its account
 * - by name: Query gsi6 by its company key, 0.5 RCU, and 0.5 RCU for each that it finds
 * - by phone number: Query gsi9, the same
 * - of a pool: Query gsi5, longest there first (`../pools/pooled-records.ts`)
 * - by external id: GetItem of the unique value
 */
export const accountShape: RecordShape<Account> = {
  kind: "account",
  key: "id",
  attributes: {
    name: "string",
    industry: "string",
    employees: "number",
    annualRevenueMinor: "number",
    foundedYear: "number",
    region: "string",
    website: "string",
    phone: "string",
    contractEndsOn: "string",
    parentId: "string",
    ownerId: "string",
    teamId: "string",
    tags: "any",
    externalId: "any",
    pool: "any",
    queue: "string",
    queuedAt: "string",
    lookup: "string",
    phoneKey: "string",
    held: "any",
  },
  uniques: (account) => externalIdValue(account.externalId),
  derived: (account) => ({
    lookup: companyKey(account.name),
    ...(account.parentId ? { accountId: account.parentId } : {}),
    ...(account.pool ? { queue: poolQueue(account.pool.poolId), queuedAt: account.pool.at } : {}),
  }),
};

/** Accounts whose names differ in no more than their legal form, which a name alone is looked for among. */
const mostNamesakes = 100;

export function accountsIn(table: Table): Accounts {
  return {
    ...recordStore(table, accountShape),
    ...laneStore(table, accountShape),
    ...matchStore(table, accountShape),
    async findByName(foldedNames) {
      const found = new Map<string, string[]>();
      await Promise.all([...new Set(foldedNames)].map(async (name) => found.set(name, await idsByName(table, name))));
      return found;
    },
  };
}

async function idsByName(table: Table, name: string): Promise<string[]> {
  const keys = await keysWith(table, "account", { by: "name", value: companyKey(name) }, mostNamesakes);
  const ids: string[] = [];
  for await (const item of batchGet(table, keys, { consistent: false })) {
    if (item.kind === "account" && foldName(String(item.name)) === name) ids.push(String(item.id));
  }
  return ids;
}
