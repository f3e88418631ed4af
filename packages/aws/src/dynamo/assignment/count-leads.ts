import type { HeldLead } from "@shangji/core/assignment/open-holder";
import type { CountedFor } from "@shangji/core/assignment/ports";
import type { Clock } from "@shangji/core/kit/context";
import { causeOf, type TransactionItem, transact } from "../analytics/transact.ts";
import { beforeAttempt, type Pause } from "../kit/attempts.ts";
import type { Table } from "../kit/client.ts";
import { batchGet } from "../kit/unique-values.ts";
import { countedFor, countedItem, countedKey, stillCounted, tallyKey } from "./assignment-items.ts";

export interface CountDeps {
  pause: Pause;
  table: Table;
  clock: Clock;
}

/** A lead has a mark and changes two tallies at most, and a transaction takes a hundred items. */
const leadsAtOnce = 33;

/**
 * Counts leads for whom they are open now, exactly once, however often and in whatever order their versions come: mark and
 * tallies change in one transaction, on condition that the mark is still the one that was read.
 */
export async function countLeads(held: readonly HeldLead[], deps: CountDeps): Promise<void> {
  const latest = new Map<string, HeldLead>();
  for (const lead of held) {
    const known = latest.get(lead.leadId);
    if (!known || known.version < lead.version) latest.set(lead.leadId, lead);
  }
  const leads = [...latest.values()];
  for (let start = 0; start < leads.length; start += leadsAtOnce) {
    await countSome(leads.slice(start, start + leadsAtOnce), deps);
  }
}

/**
 * Counts leads as they are, whatever has been counted or missed before: those that are older than the counts, and those whose
 * change was given up. It may run beside everything, and again. Answers how many were counted for somebody else, or nobody.
 */
export async function recountLeads(leads: AsyncIterable<HeldLead>, deps: CountDeps): Promise<number> {
  let mended = 0;
  let some: HeldLead[] = [];
  const recount = async () => {
    const marks = await marksOf(some, deps);
    const wrong = some.filter(({ leadId, userId }) => marks.get(leadId)?.userId !== userId);
    await countSome(wrong, deps);
    mended += wrong.length;
    some = [];
  };
  for await (const lead of leads) {
    some.push(lead);
    if (some.length === leadsAtOnce) await recount();
  }
  if (some.length > 0) await recount();
  return mended;
}

async function countSome(leads: readonly HeldLead[], deps: CountDeps): Promise<void> {
  let cause: unknown;
  for (let attempt = 0; ; attempt++) {
    await beforeAttempt(attempt, cause, deps);
    const items = itemsOf(leads, await marksOf(leads, deps), deps);
    if (items.length === 0) return;
    const outcome = await transact(deps.table, items);
    if (outcome.kind === "committed") return;
    cause = causeOf(outcome);
  }
}

async function marksOf(leads: readonly HeldLead[], { table }: CountDeps): Promise<ReadonlyMap<string, CountedFor>> {
  const marks = new Map<string, CountedFor>();
  const keys = leads.map(({ leadId }) => countedKey(leadId));
  for await (const item of batchGet(table, keys, { consistent: true })) marks.set(String(item.pk), countedFor(item));
  return marks;
}

function itemsOf(
  leads: readonly HeldLead[],
  marks: ReadonlyMap<string, CountedFor>,
  { table, clock }: CountDeps,
): TransactionItem[] {
  const items: TransactionItem[] = [];
  const changes = new Map<string, number>();
  const add = (userId: string | undefined, by: number) => {
    if (userId !== undefined) changes.set(userId, (changes.get(userId) ?? 0) + by);
  };
  for (const { leadId, version, userId } of leads) {
    const counted = marks.get(leadId);
    if (counted && counted.version >= version) continue;
    add(counted?.userId, -1);
    add(userId, 1);
    const Item = countedItem(leadId, { version, userId }, clock.now());
    items.push({ Put: { TableName: table.name, Item, ...stillCounted(counted) } });
  }
  for (const [userId, by] of changes) if (by !== 0) items.push(tallyUpdate(table, userId, by));
  return items;
}

function tallyUpdate(table: Table, userId: string, by: number): TransactionItem {
  return {
    Update: {
      TableName: table.name,
      Key: tallyKey(userId),
      UpdateExpression: "ADD #open :by, revision :one",
      ExpressionAttributeNames: { "#open": "open" },
      ExpressionAttributeValues: { ":by": by, ":one": 1 },
    },
  };
}
