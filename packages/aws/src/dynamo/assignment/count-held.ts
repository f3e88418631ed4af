import type { PoolEntity } from "@shangji/contracts/pools/schemas";
import type { HeldRecord } from "@shangji/core/assignment/open-holder";
import type { CountedFor } from "@shangji/core/assignment/ports";
import type { Clock } from "@shangji/core/kit/context";
import { causeOf, type TransactionItem, transact } from "../analytics/transact.ts";
import { beforeAttempt, type Pause } from "../kit/attempts.ts";
import type { Table } from "../kit/client.ts";
import { batchGet } from "../kit/unique-values.ts";
import { countedFor, countedItem, countedKey, placeOf, stillCounted, tallyKey } from "./assignment-items.ts";

export interface CountDeps {
  pause: Pause;
  table: Table;
  clock: Clock;
}

/** A record has a mark and changes two tallies at most, and a transaction takes a hundred items. */
const recordsAtOnce = 33;

/**
 * Counts leads and accounts for whom they are open now, exactly once, however often and in whatever order their versions come:
 * mark and tallies change in one transaction, on condition that the mark is still the one that was read.
 */
export async function countHeld(held: readonly HeldRecord[], deps: CountDeps): Promise<void> {
  const latest = new Map<string, HeldRecord>();
  for (const record of held) {
    const known = latest.get(record.id);
    if (!known || known.version < record.version) latest.set(record.id, record);
  }
  const records = [...latest.values()];
  for (let start = 0; start < records.length; start += recordsAtOnce) {
    await countSome(records.slice(start, start + recordsAtOnce), deps);
  }
}

/**
 * Counts records as they are, whatever has been counted or missed before: those that are older than the counts, and those whose
 * change was given up. It may run beside everything, and again. Answers how many were counted for somebody else, or nobody.
 */
export async function recountHeld(records: AsyncIterable<HeldRecord>, deps: CountDeps): Promise<number> {
  let mended = 0;
  let some: HeldRecord[] = [];
  const recount = async () => {
    const marks = await marksOf(
      some.map(({ id }) => id),
      deps,
    );
    const wrong = some.filter(({ id, userId }) => marks.get(id)?.userId !== userId);
    await countSome(wrong, deps);
    mended += wrong.length;
    some = [];
  };
  for await (const record of records) {
    some.push(record);
    if (some.length === recordsAtOnce) await recount();
  }
  if (some.length > 0) await recount();
  return mended;
}

async function countSome(records: readonly HeldRecord[], deps: CountDeps): Promise<void> {
  await inTransactions(
    async () =>
      itemsOf(
        records,
        await marksOf(
          records.map(({ id }) => id),
          deps,
        ),
        deps,
      ),
    deps,
  );
}

/** Makes a transaction of what is stored, and another one for as long as others were first; none when there is nothing to do. */
export async function inTransactions(itemsNow: () => Promise<TransactionItem[]>, deps: CountDeps): Promise<void> {
  let cause: unknown;
  for (let attempt = 0; ; attempt++) {
    await beforeAttempt(attempt, cause, deps);
    const items = await itemsNow();
    if (items.length === 0) return;
    const outcome = await transact(deps.table, items);
    if (outcome.kind === "committed") return;
    cause = causeOf(outcome);
  }
}

/** The marks of leads and accounts, as they are now. */
export async function marksOf(
  ids: readonly string[],
  { table }: Pick<CountDeps, "table">,
): Promise<ReadonlyMap<string, CountedFor>> {
  const marks = new Map<string, CountedFor>();
  for await (const item of batchGet(table, ids.map(countedKey), { consistent: true }))
    marks.set(String(item.pk), countedFor(item));
  return marks;
}

function itemsOf(
  records: readonly HeldRecord[],
  marks: ReadonlyMap<string, CountedFor>,
  { table, clock }: CountDeps,
): TransactionItem[] {
  const items: TransactionItem[] = [];
  const tallies = { lead: tallyChanges("lead"), account: tallyChanges("account") };
  for (const { entity, id, version, userId } of records) {
    const counted = marks.get(id);
    if (counted && counted.version >= version) continue;
    const becomes = { ...counted, version, userId };
    tallies[entity].add(placeOf(counted), -1);
    tallies[entity].add(placeOf(becomes), 1);
    const Item = countedItem(id, becomes, clock.now());
    items.push({ Put: { TableName: table.name, Item, ...stillCounted(counted) } });
  }
  return [...items, ...tallies.lead.updates(table), ...tallies.account.updates(table)];
}

/** Gathers what changes in the tallies of one kind of record. */
export function tallyChanges(entity: PoolEntity) {
  const changes = new Map<string, number>();
  return {
    add(userId: string | undefined, by: number): void {
      if (userId !== undefined) changes.set(userId, (changes.get(userId) ?? 0) + by);
    },
    updates: (table: Table): TransactionItem[] =>
      [...changes].flatMap(([userId, by]) => (by === 0 ? [] : [tallyUpdate(table, { entity, userId, by })])),
  };
}

function tallyUpdate(
  table: Table,
  { entity, userId, by }: { entity: PoolEntity; userId: string; by: number },
): TransactionItem {
  return {
    Update: {
      TableName: table.name,
      Key: tallyKey(userId, entity),
      UpdateExpression: "ADD #open :by, revision :one",
      ExpressionAttributeNames: { "#open": "open" },
      ExpressionAttributeValues: { ":by": by, ":one": 1 },
    },
  };
}
