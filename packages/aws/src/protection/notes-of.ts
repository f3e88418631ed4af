import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { SubjectStore } from "@shangji/core/protection/ports";
import { deleteRequests, writeAll } from "../dynamo/analytics/write-all.ts";
import { countedKey } from "../dynamo/assignment/assignment-items.ts";
import type { Table } from "../dynamo/kit/client.ts";
import { recordKey } from "../dynamo/kit/record-key.ts";

const itemsAPiece = 200;
/** What only the store needs of an item. */
const bookkeeping = ["pk", "sk", "__edb_e__", "__edb_v__", "change", "seal", "ownerId", "ttl"];

/** The record, which is erased by itself; and for whom a lead is counted, which its owner's count must still be rid of. */
const kept = [recordKey("id", "contact", "").sk, countedKey("").sk];

/**
 * Whatever lies in the partition of the person's record beside it: notes, what happened, with
 * whom it was shared. A note on somebody is about them, so its text goes as a whole.
 */
export function notesOf({ table }: { table: Table }): SubjectStore {
  return {
    name: "notes",
    async read({ id }) {
      const items: Record<string, unknown>[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = await readPartition(table, id, { from });
        items.push(...page.items);
        from = page.next;
      } while (from);
      return items.map((item) =>
        Object.fromEntries(Object.entries(item).filter(([name]) => !bookkeeping.includes(name))),
      );
    },
    async erase({ id }) {
      // What was found is gone with each piece, so the next one begins at the beginning.
      const { items, next } = await readPartition(table, id, { limit: itemsAPiece });
      await writeAll({ table, pause }, deleteRequests(items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }))));
      return { items: items.length, ...(next ? { next: {} } : {}) };
    },
  };
}

async function readPartition(
  table: Table,
  id: string,
  { from, limit }: { from?: Record<string, unknown> | undefined; limit?: number },
) {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: "pk = :person",
      ExpressionAttributeValues: { ":person": id },
      ConsistentRead: true,
      ExclusiveStartKey: from,
      ...(limit === undefined ? {} : { Limit: limit }),
    }),
  );
  return { items: Items.filter(({ sk }) => !kept.includes(String(sk))), next: LastEvaluatedKey };
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
