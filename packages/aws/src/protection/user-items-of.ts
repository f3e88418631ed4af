import { DeleteCommand, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { entityOf } from "@shangji/core/kit/ids";
import type { SubjectStore } from "@shangji/core/protection/ports";
import { deleteRequests, writeAll } from "../dynamo/analytics/write-all.ts";
import type { Table } from "../dynamo/kit/client.ts";
import { inboxPrefix, toldOf } from "../dynamo/notifications/inbox-items.ts";
import { preferencesPrefix } from "../dynamo/notifications/preferences.ts";
import { identitiesIn, identityKey, subjectKey } from "../dynamo/people/identities.ts";

const itemsAPiece = 200;

/**
 * What stands of a user in the table of records besides their record: their inbox, how they want to be told, and which sign-in is
 * theirs, which goes last, as a retry finds the sign-in by it.
 */
export function userItemsOf({ table }: { table: Table }): SubjectStore {
  const preferencesKey = (id: string) => ({ pk: `${preferencesPrefix}${id}`, sk: `${preferencesPrefix}${id}` });
  return {
    name: "notifications",
    async read({ id }) {
      if (entityOf(id) !== "user") return [];
      const told: unknown[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = await readInbox(table, id, { from });
        told.push(...page.items.map(toldOf));
        from = page.next;
      } while (from);
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: preferencesKey(id) }));
      const { email, quietHours, digestAt } = Item ?? {};
      return Item ? [...told, { preferences: { email, quietHours, digestAt } }] : told;
    },
    async erase({ id }) {
      if (entityOf(id) !== "user") return { items: 0 };
      // What was found is gone with each piece, so the next one begins at the beginning.
      const { items, next } = await readInbox(table, id, { limit: itemsAPiece });
      await writeAll({ table, pause }, deleteRequests(items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }))));
      if (next) return { items: items.length, next: {} };
      const subject = await identitiesIn(table).subjectOf(id);
      const keys = [preferencesKey(id), ...(subject === undefined ? [] : [identityKey(subject), subjectKey(id)])];
      for (const Key of keys) await table.client.send(new DeleteCommand({ TableName: table.name, Key }));
      return { items: items.length + keys.length - 1 };
    },
  };
}

async function readInbox(
  table: Table,
  userId: string,
  { from, limit }: { from?: Record<string, unknown> | undefined; limit?: number },
) {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: "pk = :inbox",
      ExpressionAttributeValues: { ":inbox": `${inboxPrefix}${userId}` },
      ConsistentRead: true,
      ExclusiveStartKey: from,
      ...(limit === undefined ? {} : { Limit: limit }),
    }),
  );
  return { items: Items, next: LastEvaluatedKey };
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
