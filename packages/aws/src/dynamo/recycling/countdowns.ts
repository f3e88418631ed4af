import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { countdownKind } from "@shangji/contracts/recycling/lead-recycling";
import type { Clock } from "@shangji/core/kit/context";
import type { Countdown } from "@shangji/core/recycling/countdown";
import type { Countdowns } from "@shangji/core/recycling/ports";
import { countedFor, countedKey } from "../assignment/assignment-items.ts";
import { attempt } from "../assignment/assignments.ts";
import type { Table } from "../kit/client.ts";
import { recordKey } from "../kit/record-key.ts";
import { fromItem, recordOf } from "../kit/record-store.ts";
import { batchGet } from "../kit/unique-values.ts";
import { leadShape } from "../leads/leads.ts";
import { moveItems } from "../pools/pool-moves.ts";
import { latelyHappened } from "../timeline/happened.ts";
import { noNewNote, noteCountKey } from "../timeline/note-count.ts";
import { type RowShape, rowPut, timerLanesIn } from "../timers/timer-lanes.ts";

const countdownShape: RowShape = { kind: countdownKind, sk: "recycling", lanes: "recycling-timer" };

function countdownKey(leadId: string) {
  return { pk: leadId, sk: countdownShape.sk };
}

function countdownIn(item: Record<string, unknown>): Countdown {
  return recordOf(item) as unknown as Countdown; // only this file writes it
}

/**
 * Countdowns of leads, each beside its lead, with their timers in the index of what is due.
 * - lead, countdown, for whom the lead is counted, how many notes it has: BatchGetItem, 4 RCU (strongly consistent); the
 *   countdown alone: GetItem, 0.5 RCU
 * - follow-up notes and owners since an instant: Query of the lead's timeline backwards, 1 RCU for 4 KB (strongly consistent)
 * - a change: PutItem, 1 W, and 1–2 W for the timer
 * - a lead that goes to a pool: one transaction of lead, its mark, the owner's tally and the countdown, with a check of the notes
 * - what is due: as `timerLanesIn`
 */
export function countdownsIn(table: Table, clock: Clock): Countdowns {
  return {
    ...timerLanesIn(table, countdownShape.lanes),
    async start(leadId) {
      const keys = [recordKey("id", "lead", leadId), countdownKey(leadId), countedKey(leadId), noteCountKey(leadId)];
      const found = new Map<string, Record<string, unknown>>();
      for await (const item of batchGet(table, keys, { consistent: true })) found.set(String(item.sk), item);
      const [lead, own, counted, noted] = keys.map(({ sk }) => found.get(sk));
      const isThere = lead && lead.deletedAt === undefined && lead.erasure === undefined;
      return {
        lead: isThere ? fromItem(leadShape, lead) : undefined,
        countdown: own && countdownIn(own),
        counted: counted && countedFor(counted),
        notes: Number(noted?.notes ?? 0),
      };
    },
    lately: (leadId, from) => latelyHappened(table, leadId, from),
    async countdownOf(leadId) {
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: countdownKey(leadId) }));
      return Item && countdownIn(Item);
    },
    async save(change) {
      try {
        await table.client.send(new PutCommand(rowPut(table, change, countdownShape)));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    async recycle({ move, countdown, notes }) {
      const own = { Put: rowPut(table, countdown, countdownShape) };
      const items = [
        ...moveItems(move, { table, shape: leadShape, clock, entity: "lead" }),
        own,
        noNewNote(table, move.after.id, notes),
      ];
      return (await attempt(table, items)) === "written" ? "written" : "changed";
    },
  };
}
