import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Account } from "@shangji/contracts/accounts/schemas";
import type { Accounts } from "@shangji/core/accounts/ports";
import { foldName } from "@shangji/core/kit/fold";
import type { Table } from "../kit/client.ts";
import { externalIdValue } from "../kit/external-id.ts";
import { laneStore } from "../kit/lane-list.ts";
import { type RecordShape, recordStore } from "../kit/record-store.ts";

/**
 * Accounts, each in a partition of its own.
 * - one by id: GetItem, 0.5 RCU
 * - of an owner / of a team: Query gsi1 / gsi2, latest change first
 * - by folded name: Query gsi6, 0.5 RCU
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
    parentId: "string",
    ownerId: "string",
    teamId: "string",
    tags: "any",
    externalId: "any",
    lookup: "string",
  },
  uniques: (account) => externalIdValue(account.externalId),
  derived: (account) => ({ lookup: foldName(account.name) }),
};

export function accountsIn(table: Table): Accounts {
  return {
    ...recordStore(table, accountShape),
    ...laneStore(table, accountShape),
    async findByName(foldedNames) {
      const found = new Map<string, string[]>();
      await Promise.all([...new Set(foldedNames)].map(async (name) => found.set(name, await idsByName(table, name))));
      return found;
    },
  };
}

async function idsByName(table: Table, name: string): Promise<string[]> {
  const { Items } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: "gsi6",
      KeyConditionExpression: "kind = :kind AND lookup = :name",
      ExpressionAttributeValues: { ":kind": "account", ":name": name },
      Limit: 2, // more than one is ambiguous, however many they are
    }),
  );
  return (Items ?? []).map((item) => String(item.pk));
}
