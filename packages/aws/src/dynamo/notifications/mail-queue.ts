import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { DueMail, MailQueue } from "@shangji/core/notifications/ports";
import type { Table } from "../kit/client.ts";
import { inboxKey, toldOf, userOfInbox } from "./inbox-items.ts";

/** Lanes of what waits: a person's mails are in one, so that one mail can hold them all. */
const shards = 4;
/** Keys that are looked at of a lane at once; what is left comes with the next minute. */
const mostOfShard = 1_000;

/** What a notification carries as long as it waits to be mailed. */
export function dueAttributes(userId: string, dueAt: string) {
  return { mail: "pending", mailTries: 0, queue: shardName(shardOf(userId)), queuedAt: dueAt };
}

function shardOf(userId: string): number {
  return (userId.codePointAt(userId.length - 1) ?? 0) % shards;
}

function shardName(shard: number): string {
  return `notification-mail#${shard}`;
}

/**
 * Notifications that wait to be mailed, in the index of what is due.
 * - what is due: Query gsi5 of each of four lanes, once a minute
 * - claiming, settling: UpdateItem, 1 W and 1–2 W for the index
 */
export function mailQueueIn(table: Table): MailQueue {
  return {
    async *due(at) {
      for (let shard = 0; shard < shards; shard++) yield* (await dueIn(table, shardName(shard), at)).values();
    },
    async claim({ userId, id, dueAt }, until) {
      const command = new UpdateCommand({
        TableName: table.name,
        Key: inboxKey(userId, id),
        UpdateExpression: "SET queuedAt = :until ADD mailTries :one",
        // The index may be behind: whoever came first has moved the time.
        ConditionExpression: "mail = :pending AND queuedAt = :dueAt",
        ExpressionAttributeValues: { ":until": until, ":one": 1, ":pending": "pending", ":dueAt": dueAt },
        ReturnValues: "ALL_NEW",
      });
      const { Attributes } = await table.client.send(command).catch(orNothing);
      return Attributes && { ...toldOf(Attributes), tries: Number(Attributes.mailTries) };
    },
    async settle({ userId, id }, end) {
      const command = new UpdateCommand({
        TableName: table.name,
        Key: inboxKey(userId, id),
        UpdateExpression: "SET mail = :end REMOVE queue, queuedAt",
        // It may have come to its end meanwhile.
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":end": end },
      });
      await table.client.send(command).catch(orNothing);
    },
  };
}

/** What is due of a lane, by person. */
async function dueIn(table: Table, shard: string, at: string): Promise<Map<string, DueMail[]>> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: "gsi5",
      KeyConditionExpression: "queue = :shard AND queuedAt <= :at",
      ExpressionAttributeValues: { ":shard": shard, ":at": at },
      Limit: mostOfShard,
    }),
  );
  const mails = Items.map(({ pk, sk, queuedAt }) => ({
    userId: userOfInbox(String(pk)),
    id: String(sk),
    dueAt: String(queuedAt),
  }));
  // Runs at once begin with the same one.
  mails.sort((left, right) => (`${left.dueAt}${left.id}` < `${right.dueAt}${right.id}` ? -1 : 1));
  return Map.groupBy(mails, ({ userId }) => userId);
}

function orNothing(error: unknown): { Attributes?: Record<string, unknown> } {
  if (error instanceof ConditionalCheckFailedException) return {};
  throw error;
}
