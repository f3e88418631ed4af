import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { countdownKinds } from "@shangji/contracts/recycling/countdown";
import type { Clock } from "@shangji/core/kit/context";
import type { Poolable, PooledKind } from "@shangji/core/pools/pooled-kind";
import type { Countdown } from "@shangji/core/recycling/countdown";
import type { Countdowns } from "@shangji/core/recycling/ports";
import type { TimerLanes } from "@shangji/core/timers/ports";
import { countedFor, countedKey } from "../assignment/assignment-items.ts";
import { attempt } from "../assignment/assignments.ts";
import type { Table } from "../kit/client.ts";
import { recordKey } from "../kit/record-key.ts";
import { fromItem, type RecordShape, recordOf } from "../kit/record-store.ts";
import { batchGet } from "../kit/unique-values.ts";
import { dealsOf } from "../opportunities/deals-of.ts";
import { moveItems } from "../pools/pool-moves.ts";
import { latelyHappened } from "../timeline/happened.ts";
import { noNewNote, noteCountKey } from "../timeline/note-count.ts";
import { type RowShape, rowPut, timerLanesIn } from "../timers/timer-lanes.ts";

/** Countdowns of all kinds stand in the same lanes, so that a sweep asks once for what is due. */
const lanes = "recycling-timer";
const sk = "recycling";

function countdownKey(id: string) {
  return { pk: id, sk };
}

function countdownIn(item: Record<string, unknown>): Countdown {
  return recordOf(item) as unknown as Countdown; // only this file writes it
}

/** Timers of countdowns, of leads and of accounts, in the index of what is due: as `timerLanesIn`. */
export function recyclingTimersIn(table: Table): TimerLanes {
  return timerLanesIn(table, lanes);
}

/**
 * Countdowns of one kind of record, each beside its record.
 * - record, countdown, for whom the record is counted, how many notes it has: BatchGetItem, 4 RCU (strongly consistent); the
 *   countdown alone: GetItem, 0.5 RCU
 * - follow-up notes and owners since an instant: Query of the record's timeline backwards, 1 RCU for 4 KB (strongly consistent)
 * - an account's opportunities: `dealsOf`
 * - a change: PutItem, 1 W, and 1–2 W for the timer
 * - a record that goes to a pool: one transaction of it, its mark, the owner's tally and the countdown, with a check of the notes
 */
export function countdownsIn<T extends Poolable>(
  { table, shape, clock }: { table: Table; shape: RecordShape<T>; clock: Clock },
  { entity }: PooledKind<T>,
): Countdowns<T> {
  const row: RowShape = { kind: countdownKinds[entity], sk, lanes };
  return {
    async start(id) {
      const keys = [recordKey(shape.key, shape.kind, id), countdownKey(id), countedKey(id), noteCountKey(id)];
      const found = new Map<string, Record<string, unknown>>();
      for await (const item of batchGet(table, keys, { consistent: true })) found.set(String(item.sk), item);
      const [record, own, counted, noted] = keys.map((key) => found.get(key.sk));
      const isThere = record && record.deletedAt === undefined && record.erasure === undefined;
      return {
        record: isThere ? fromItem(shape, record) : undefined,
        countdown: own && countdownIn(own),
        counted: counted && countedFor(counted),
        notes: Number(noted?.notes ?? 0),
      };
    },
    lately: (id, from) => latelyHappened(table, id, from),
    dealsOf: (accountId) => dealsOf(table, accountId),
    async countdownOf(id) {
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: countdownKey(id) }));
      return Item && countdownIn(Item);
    },
    async save(change) {
      try {
        await table.client.send(new PutCommand(rowPut(table, change, row)));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    async recycle({ move, countdown, notes }) {
      const items = [
        ...moveItems(move, { table, shape, clock, entity }),
        { Put: rowPut(table, countdown, row) },
        noNewNote(table, move.after.id, notes),
      ];
      return (await attempt(table, items)) === "written" ? "written" : "changed";
    },
  };
}
