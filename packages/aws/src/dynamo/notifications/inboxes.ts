import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { PutCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { idPrefixes } from "@shangji/contracts/kit/entities";
import type { Inboxes, Told } from "@shangji/core/notifications/ports";
import type { Table } from "../kit/client.ts";
import { inboxKey, inboxPrefix, toldOf } from "./inbox-items.ts";
import { dueAttributes } from "./mail-queue.ts";

/** How long a notification is kept. */
const keptDays = 90;
/** Notifications that are looked at for unread ones. */
const mostLookedAt = 200;

/**
 * Notifications, in a partition for each person, by id, which sorts by time.
 * - a new one: PutItem if there is none, 1 W, and 1 W as long as it waits to be mailed
 * - a page: one Query backwards, 0.5 R for 4 KB: some fifteen notifications
 * - unread ones, their count: one Query backwards of the latest 200, 7 R
 * - reading: UpdateItem, 1 W each
 *
 * An item carries no `__edb_e__`, so the stream's readers pass it by. It goes by `ttl`.
 */
export function inboxesIn(table: Table): Inboxes {
  return {
    async add(told, mailDueAt) {
      const { kind, ...fields } = told;
      const { id, userId, at } = told;
      const put = new PutCommand({
        TableName: table.name,
        Item: {
          ...inboxKey(userId, id),
          ...fields,
          // `kind` is a key of indexes.
          told: kind,
          ttl: Math.floor(Date.parse(at) / 1000) + keptDays * 86_400,
          ...(mailDueAt === undefined ? {} : dueAttributes(userId, mailDueAt)),
        },
        ConditionExpression: "attribute_not_exists(pk)",
      });
      return isTaken(table.client.send(put));
    },
    async list(userId, { limit, after, unreadOnly }) {
      const { items, next } = await latest(table, userId, {
        limit: unreadOnly ? mostLookedAt : limit + 1,
        after: after === undefined ? undefined : String(after.id),
      });
      const wanted = unreadOnly ? items.filter(({ readAt }) => readAt === undefined) : items;
      const page = wanted.slice(0, limit);
      const last = wanted.length > limit ? page.at(-1)?.id : next;
      return { items: page, ...(last === undefined ? {} : { next: { id: last } }) };
    },
    async countUnread(userId) {
      const { items, next } = await latest(table, userId, { limit: mostLookedAt });
      return { count: items.filter(({ readAt }) => readAt === undefined).length, isMore: next !== undefined };
    },
    async markRead(userId, ids, at) {
      const found = await Promise.all(ids.map((id) => markRead(table, { userId, id, at })));
      return ids.filter((_, index) => !found[index]);
    },
  };
}

/** `next` is the id of the last one when there may be more. */
async function latest(
  table: Table,
  userId: string,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<{ items: Told[]; next?: string }> {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: "pk = :inbox AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":inbox": `${inboxPrefix}${userId}`, ":prefix": `${idPrefixes.notification}_` },
      ScanIndexForward: false,
      Limit: limit,
      ...(after === undefined ? {} : { ExclusiveStartKey: inboxKey(userId, after) }),
    }),
  );
  return { items: Items.map(toldOf), ...(LastEvaluatedKey ? { next: String(LastEvaluatedKey.sk) } : {}) };
}

function markRead(table: Table, { userId, id, at }: { userId: string; id: string; at: string }): Promise<boolean> {
  const update = new UpdateCommand({
    TableName: table.name,
    Key: inboxKey(userId, id),
    UpdateExpression: "SET readAt = if_not_exists(readAt, :at)",
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeValues: { ":at": at },
  });
  return isTaken(table.client.send(update));
}

/** Whether the condition of a write held. */
async function isTaken(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
