import type { Clock } from "@shangji/core/kit/context";
import { DomainError } from "@shangji/core/kit/domain-error";
import { entityOf } from "@shangji/core/kit/ids";
import { stepOf } from "@shangji/core/pools/first-touch";
import type { ClaimedRecord, FirstTouches } from "@shangji/core/pools/ports";
import { countedFor, countedKey } from "../assignment/assignment-items.ts";
import type { Table } from "../kit/client.ts";
import { recordKey } from "../kit/record-key.ts";
import { recordOf } from "../kit/record-store.ts";
import { batchGet } from "../kit/unique-values.ts";
import { write } from "../kit/write.ts";
import { firstAnswerSince } from "../timeline/happened.ts";
import { figureDays, poolTouchesPrefix } from "./partitions.ts";

/**
 * Claims that wait to be followed up, in the marks of their records, and what is counted of those that were.
 * - a record with its mark: BatchGetItem, 2 RCU (strongly consistent)
 * - follow-up notes since an instant: Query of the record's timeline, 1 RCU for 4 KB (strongly consistent)
 * - a first touch: one transaction of the mark and of the day's counts of the pool, 2 W each
 */
export function firstTouchesIn(table: Table, clock: Clock): FirstTouches {
  return {
    async start(id) {
      const keys = [recordKey("id", entityOf(id) ?? "", id), countedKey(id)];
      const found = new Map<string, Record<string, unknown>>();
      for await (const item of batchGet(table, keys, { consistent: true })) found.set(String(item.sk), item);
      const record = found.get("record");
      const counted = found.get("counted");
      const isThere = record && record.deletedAt === undefined && record.erasure === undefined;
      return {
        record: isThere ? (recordOf(record) as ClaimedRecord) : undefined, // a lead or an account
        claim: counted && countedFor(counted).claim,
      };
    },
    touchedSince: (id, from) => firstAnswerSince(table, id, from),
    async count({ id, claim, seconds }) {
      const takesClaim = {
        Update: {
          TableName: table.name,
          Key: countedKey(id),
          UpdateExpression: "REMOVE claim",
          ConditionExpression: "claim = :claim",
          ExpressionAttributeValues: { ":claim": claim },
        },
      };
      const ofDay = {
        Update: {
          TableName: table.name,
          Key: { pk: `${poolTouchesPrefix}${claim.poolId}`, sk: claim.day },
          UpdateExpression: "SET #ttl = :ttl ADD #count :one, seconds :seconds, #step :one",
          ExpressionAttributeNames: { "#ttl": "ttl", "#count": "count", "#step": stepName(stepOf(seconds)) },
          ExpressionAttributeValues: {
            ":ttl": Math.floor(clock.now().getTime() / 1000) + figureDays * 86_400,
            ":one": 1,
            ":seconds": seconds,
          },
        },
      };
      try {
        await write(table, [takesClaim, ofDay], [], { records: 2 });
        return true;
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== "conflict") throw error;
        return false;
      }
    },
  };
}

/** The attribute that counts a step. */
export function stepName(place: number): string {
  return `step${place}`;
}
