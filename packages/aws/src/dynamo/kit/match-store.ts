import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { MatchKey } from "@shangji/core/duplicates/match-keys";
import type { MatchStore } from "@shangji/core/duplicates/ports";
import type { Table } from "./client.ts";
import { fromItem, type RecordShape } from "./record-store.ts";
import { batchGet } from "./unique-values.ts";

/** Which attribute holds a key, and the index over it. */
const indexOf = {
  name: { index: "gsi6", attribute: "lookup" },
  email: { index: "gsi6", attribute: "lookup" },
  phone: { index: "gsi9", attribute: "phoneKey" },
} as const;

/** So many records of one key are looked at; who has more of them has another task than to look at each. */
const mostLookedAt = 25;

/** Finds records by what they are compared by: a Query of keys, 0.5 R, and BatchGetItem of what it finds, 0.5 R each. */
export function matchStore<T>(table: Table, shape: RecordShape<T>): MatchStore<T> {
  return {
    async findMatches(key) {
      const { attribute } = indexOf[key.by];
      const matches: Awaited<ReturnType<MatchStore<T>["findMatches"]>> = [];
      const keys = await keysWith(table, shape.kind, key, mostLookedAt);
      for await (const item of batchGet(table, keys, { consistent: false })) {
        // The index lags behind a little.
        const isLiving = item.kind === shape.kind && item[attribute] === key.value;
        if (isLiving) matches.push({ record: fromItem(shape, item), isReadable: true });
      }
      return matches;
    },
  };
}

/** Keys of the records that have a key, as the index knows them. */
export async function keysWith(
  table: Table,
  kind: string,
  { by, value }: MatchKey,
  limit: number,
): Promise<{ pk: string; sk: string }[]> {
  const { index, attribute } = indexOf[by];
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: index,
      KeyConditionExpression: `kind = :kind AND ${attribute} = :value`,
      ExpressionAttributeValues: { ":kind": kind, ":value": value },
      Limit: limit,
    }),
  );
  return Items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
}
