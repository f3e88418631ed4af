import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { LeadClock } from "@shangji/core/assignment/response/clock";
import type { ResponseClocks } from "@shangji/core/assignment/response/ports";
import type { Clock } from "@shangji/core/kit/context";
import { countedFor, countedKey } from "../assignment/assignment-items.ts";
import { attempt } from "../assignment/assignments.ts";
import type { Table } from "../kit/client.ts";
import { recordKey } from "../kit/record-key.ts";
import { fromItem, replaceItem } from "../kit/record-store.ts";
import { batchGet } from "../kit/unique-values.ts";
import { leadShape } from "../leads/leads.ts";
import { keptScore, scoreKey } from "../scoring/score-items.ts";
import { firstAnswerSince } from "../timeline/happened.ts";
import { noNewNote, noteCountKey } from "../timeline/note-count.ts";
import { timerLanesIn } from "../timers/timer-lanes.ts";
import { clockIn, clockKey, clockPut, clockShape } from "./clock-items.ts";
import { reassignItems } from "./reassign-items.ts";

/**
 * Response clocks, each beside its lead, with their timers in the index of what is due.
 * - lead, clock, for whom the lead is counted, its score, how many notes it has: BatchGetItem, 5 RCU (strongly consistent); the
 *   clock alone: GetItem, 0.5 RCU
 * - follow-up notes since an instant: Query of the lead's timeline, 1 RCU for 4 KB (strongly consistent)
 * - a change: PutItem, 1 W, and 1–2 W for the timer
 * - a reassignment: one transaction of six items and checks of the user and the notes; one for a pool: of two and a check of the notes
 * - what is due: Query gsi5 of each of eight lanes, 0.5 RCU for some thirty timers
 */
export function responseClocksIn(table: Table, clock: Clock): ResponseClocks {
  return {
    ...timerLanesIn(table, clockShape.lanes),
    async start(leadId) {
      const own = [clockKey(leadId), countedKey(leadId), scoreKey(leadId), noteCountKey(leadId)];
      const keys = [recordKey("id", "lead", leadId), ...own];
      const found = new Map<string, Record<string, unknown>>();
      for await (const item of batchGet(table, keys, { consistent: true })) found.set(String(item.sk), item);
      const [lead, clock, counted, score, noted] = keys.map(({ sk }) => found.get(sk));
      const isThere = lead && lead.deletedAt === undefined && lead.erasure === undefined;
      return {
        lead: isThere ? fromItem(leadShape, lead) : undefined,
        clock: clock && clockIn(clock),
        counted: counted && countedFor(counted),
        score: score && keptScore(score),
        notes: Number(noted?.notes ?? 0),
      };
    },
    async clockOf(leadId): Promise<LeadClock | undefined> {
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: clockKey(leadId) }));
      return Item && clockIn(Item);
    },
    touchedSince: (leadId, from) => firstAnswerSince(table, leadId, from),
    async save(change) {
      try {
        await table.client.send(new PutCommand(clockPut(table, change)));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    reassign: (write) => attempt(table, reassignItems(table, write, clock)),
    async pool(change, { before, after, notes }) {
      const items = [
        replaceItem(table, leadShape, before, after),
        { Put: clockPut(table, change) },
        noNewNote(table, after.id, notes),
      ];
      return (await attempt(table, items)) === "written" ? "written" : "changed";
    },
  };
}
