import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { TimerLanes, TimerPage } from "@shangji/core/timers/ports";
import type { RowChange, TimerRow } from "@shangji/core/timers/timer-row";
import type { Table } from "../kit/client.ts";
import type { WriteItem } from "../kit/write.ts";

/** Lanes of timers: a lane is written a thousand times a second, and read once a minute. */
export const timerShards = 8;

/** Timers that are looked at together. */
export const pageOfTimers = 100;

export function timerQueue(name: string, shard: number): string {
  return `${name}#${shard}`;
}

/** The last letter of an id is random. */
function shardOf(id: string): number {
  return (id.codePointAt(id.length - 1) ?? 0) % timerShards;
}

/** What rows of one kind are: the item's kind in the stream, its place beside the record, and the name of its lanes. */
export interface RowShape {
  kind: string;
  sk: string;
  lanes: string;
}

/**
 * The write of a row, if it still is what was read. It stands in the index of what is due as long as something is to be done,
 * and in no other: it has no `kind`. `__edb_e__` shows it to the publisher.
 */
export function rowPut<T extends TimerRow>(
  table: Table,
  { before, after }: RowChange<T>,
  { kind, sk, lanes }: RowShape,
): NonNullable<WriteItem["Put"]> {
  const { id, next } = after;
  const timer = next ? { queue: timerQueue(lanes, shardOf(id)), queuedAt: next.dueAt } : {};
  return {
    TableName: table.name,
    Item: { ...after, ...timer, pk: id, sk, __edb_e__: kind },
    ...(before
      ? { ConditionExpression: "version = :read", ExpressionAttributeValues: { ":read": before.version } }
      : { ConditionExpression: "attribute_not_exists(pk)" }),
  };
}

/** Timers in gsi5: a Query for each of eight lanes, 0.5 RCU for some thirty timers. */
export function timerLanesIn(table: Table, name: string): TimerLanes {
  return {
    shards: timerShards,
    async *due(at) {
      // In turn, so that no lane waits for the end of another one.
      let lanes = Array.from({ length: timerShards }, (_, shard): Lane => ({ shard }));
      while (lanes.length > 0) {
        const left: Lane[] = [];
        for (const { shard, after } of lanes) {
          const { ids, next } = await timersOf(table, timerQueue(name, shard), {
            limit: pageOfTimers,
            after,
            until: at,
          });
          if (ids.length > 0) yield ids;
          if (next) left.push({ shard, after: next });
        }
        lanes = left;
      }
    },
    timers: (shard, page) => timersOf(table, timerQueue(name, shard), page),
  };
}

interface Lane {
  shard: number;
  after?: Record<string, unknown>;
}

async function timersOf(
  table: Table,
  lane: string,
  { limit, after, until }: { limit: number; after?: Record<string, unknown> | undefined; until?: string },
): Promise<TimerPage> {
  const { Items = [], LastEvaluatedKey: next } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: "gsi5",
      KeyConditionExpression: until === undefined ? "queue = :lane" : "queue = :lane AND queuedAt <= :until",
      ExpressionAttributeValues: { ":lane": lane, ...(until === undefined ? {} : { ":until": until }) },
      Limit: limit,
      ExclusiveStartKey: after,
    }),
  );
  const ids = Items.map(({ pk }) => String(pk));
  return next ? { ids, next } : { ids };
}
