import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Page, PageRequest } from "@shangji/core/kit/record";
import type { Table } from "../kit/client.ts";
import { entryOf, historyPrefixes } from "./audit-items.ts";
import type { StoredEntry } from "./sealed-entries.ts";

type Item = Record<string, unknown>;

/**
 * A page of one record's history. Versions and shares are each in their order, and the page is made of the newest of both.
 * A place is how far each has been shown, by its prefix.
 */
export async function readHistory(
  table: Table,
  recordId: string,
  { limit, after = {} }: PageRequest,
): Promise<Page<StoredEntry>> {
  const parts = await Promise.all(
    historyPrefixes.map((prefix) => readPart(table, recordId, { prefix, limit, below: after[prefix] })),
  );
  const left = parts.map(({ items }) => [...items]);
  const shown: Item[] = [];
  while (shown.length < limit) {
    const next = left.filter(([first]) => first).sort(([a], [b]) => (String(a?.at) > String(b?.at) ? -1 : 1))[0];
    const item = next?.shift();
    if (!item) break;
    shown.push(item);
  }
  const items = shown.map(entryOf);
  const hasMore = left.some(({ length }) => length > 0) || parts.some(({ isCut }) => isCut);
  return hasMore ? { items, next: { ...after, ...placeAfter(shown) } } : { items };
}

function placeAfter(shown: readonly Item[]): Record<string, string> {
  const place: Record<string, string> = {};
  for (const prefix of historyPrefixes) {
    const last = shown.findLast(({ sk }) => String(sk).startsWith(prefix));
    if (last) place[prefix] = String(last.sk);
  }
  return place;
}

async function readPart(
  table: Table,
  recordId: string,
  { prefix, limit, below }: { prefix: string; limit: number; below: unknown },
): Promise<{ items: Item[]; isCut: boolean }> {
  const { Items: items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: "pk = :record AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":record": recordId, ":prefix": prefix },
      ScanIndexForward: false,
      Limit: limit,
      ExclusiveStartKey: below === undefined ? undefined : { pk: recordId, sk: String(below) },
    }),
  );
  return { items, isCut: LastEvaluatedKey !== undefined };
}
