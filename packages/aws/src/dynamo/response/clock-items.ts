import { clockKind } from "@shangji/contracts/assignment/lead-response";
import type { LeadClock } from "@shangji/core/assignment/response/clock";
import type { ClockChange } from "@shangji/core/assignment/response/ports";
import type { Table } from "../kit/client.ts";
import { recordOf } from "../kit/record-store.ts";
import type { WriteItem } from "../kit/write.ts";

/** Lanes of timers: a lane is written a thousand times a second, and read once a minute. */
export const timerShards = 8;

export function clockKey(leadId: string) {
  return { pk: leadId, sk: "response" };
}

export function timerQueue(shard: number): string {
  return `response-timer#${shard}`;
}

/** The last letter of an id is random. */
function shardOf(leadId: string): number {
  return (leadId.codePointAt(leadId.length - 1) ?? 0) % timerShards;
}

export function clockIn(item: Record<string, unknown>): LeadClock {
  return recordOf(item) as unknown as LeadClock; // only `clockPut` writes this item
}

/**
 * The write of a clock, if it still is what was read. It stands in the index of what is due as long as something is to be done,
 * and in no other: it has no `kind`. `__edb_e__` shows it to the publisher.
 */
export function clockPut(table: Table, { before, after }: ClockChange): NonNullable<WriteItem["Put"]> {
  const { id, next } = after;
  const timer = next ? { queue: timerQueue(shardOf(id)), queuedAt: next.dueAt } : {};
  return {
    TableName: table.name,
    Item: { ...after, ...timer, ...clockKey(id), __edb_e__: clockKind },
    ...(before
      ? { ConditionExpression: "version = :read", ExpressionAttributeValues: { ":read": before.version } }
      : { ConditionExpression: "attribute_not_exists(pk)" }),
  };
}
