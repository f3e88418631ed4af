import type { CountedFor } from "@shangji/core/assignment/ports";
import type { WonDeal } from "@shangji/core/pools/won-deal";
import type { TransactionItem } from "../analytics/transact.ts";
import { countedKey, markEnd, placeOf, stillCounted } from "../assignment/assignment-items.ts";
import { type CountDeps, inTransactions, marksOf, tallyChanges } from "../assignment/count-held.ts";
import type { Table } from "../kit/client.ts";
import { batchGet } from "../kit/unique-values.ts";

/** A deal has a mark of its own and changes those of two accounts and two tallies at most; a transaction takes a hundred items. */
const dealsAtOnce = 20;

/** With which account a deal has been counted as won last, and at which version of it. */
interface DealMark {
  version: number;
  accountId?: string | undefined;
}

/**
 * Counts with which accounts deals are won, exactly once, as `countHeld` counts who has them: an account that gets its first one
 * leaves the tally of its owner, and one that loses the last comes back.
 */
export async function countWon(deals: readonly WonDeal[], deps: CountDeps): Promise<void> {
  const latest = new Map<string, WonDeal>();
  for (const deal of deals) {
    const known = latest.get(deal.dealId);
    if (!known || known.version < deal.version) latest.set(deal.dealId, deal);
  }
  const wanted = [...latest.values()];
  for (let start = 0; start < wanted.length; start += dealsAtOnce)
    await countSome(wanted.slice(start, start + dealsAtOnce), deps);
}

/** Counts deals as they are, as `recountHeld` does records. Answers how many were counted with another account, or none. */
export async function recountWon(deals: AsyncIterable<WonDeal>, deps: CountDeps): Promise<number> {
  let mended = 0;
  let some: WonDeal[] = [];
  const recount = async () => {
    const marks = await dealMarksOf(some, deps.table);
    const wrong = some.filter(({ dealId, accountId }) => marks.get(dealId)?.accountId !== accountId);
    await countSome(wrong, deps);
    mended += wrong.length;
    some = [];
  };
  for await (const deal of deals) {
    some.push(deal);
    if (some.length === dealsAtOnce) await recount();
  }
  if (some.length > 0) await recount();
  return mended;
}

async function countSome(deals: readonly WonDeal[], deps: CountDeps): Promise<void> {
  await inTransactions(async () => {
    const marks = await dealMarksOf(deals, deps.table);
    const told = deals.filter(({ dealId, version }) => (marks.get(dealId)?.version ?? 0) < version);
    const changes = changesOf(told, marks);
    const accounts = await marksOf([...changes.keys()], deps);
    return [
      ...told.map((deal) => dealPut(deal, marks.get(deal.dealId), deps)),
      ...accountItems(changes, accounts, deps),
    ];
  }, deps);
}

function dealKey(dealId: string) {
  return { pk: dealId, sk: "won" };
}

async function dealMarksOf(deals: readonly WonDeal[], table: Table): Promise<ReadonlyMap<string, DealMark>> {
  const marks = new Map<string, DealMark>();
  const keys = deals.map(({ dealId }) => dealKey(dealId));
  for await (const { pk, version, accountId } of batchGet(table, keys, { consistent: true }))
    marks.set(String(pk), {
      version: Number(version),
      ...(typeof accountId === "string" ? { accountId } : {}),
    });
  return marks;
}

/** How many won deals more or less accounts have. */
function changesOf(deals: readonly WonDeal[], marks: ReadonlyMap<string, DealMark>): Map<string, number> {
  const changes = new Map<string, number>();
  const add = (accountId: string | undefined, by: number) => {
    if (accountId !== undefined) changes.set(accountId, (changes.get(accountId) ?? 0) + by);
  };
  for (const { dealId, accountId } of deals) {
    add(marks.get(dealId)?.accountId, -1);
    add(accountId, 1);
  }
  return new Map([...changes].filter(([, by]) => by !== 0));
}

/** The mark of a deal that is not won goes by itself, as that of a record that is nobody's does. */
function dealPut(
  { dealId, version, accountId }: WonDeal,
  was: DealMark | undefined,
  { table, clock }: CountDeps,
): TransactionItem {
  const fields = accountId === undefined ? { ttl: markEnd(clock.now()) } : { accountId };
  return {
    Put: {
      TableName: table.name,
      Item: { ...dealKey(dealId), version, ...fields },
      ...(was
        ? { ConditionExpression: "version = :was", ExpressionAttributeValues: { ":was": was.version } }
        : { ConditionExpression: "attribute_not_exists(pk)" }),
    },
  };
}

function accountItems(
  changes: ReadonlyMap<string, number>,
  marks: ReadonlyMap<string, CountedFor>,
  { table, clock }: CountDeps,
): TransactionItem[] {
  const tally = tallyChanges("account");
  const items = [...changes].map(([accountId, by]): TransactionItem => {
    const counted = marks.get(accountId);
    const won = Math.max(0, (counted?.won ?? 0) + by);
    // Of an account that was never counted nobody knows yet who has it: any version of it comes later.
    const becomes = { ...(counted ?? { version: 0 }), won: won || undefined };
    tally.add(placeOf(counted), -1);
    tally.add(placeOf(becomes), 1);
    return {
      Update: { TableName: table.name, Key: countedKey(accountId), ...markUpdate(counted, becomes, clock.now()) },
    };
  });
  return [...items, ...tally.updates(table)];
}

/** Changes the mark and leaves in it what others keep there. */
function markUpdate(counted: CountedFor | undefined, { version, userId, won }: CountedFor, now: Date) {
  const { ConditionExpression, ...condition } = stillCounted(counted);
  const isOver = won === undefined && userId === undefined;
  const sets = ["version = :version", ...(won === undefined ? [] : ["won = :to"]), ...(isOver ? ["#ttl = :ttl"] : [])];
  const removes = [...(won === undefined ? ["won"] : []), ...(isOver ? [] : ["#ttl"])];
  return {
    ConditionExpression,
    UpdateExpression: `SET ${sets.join(", ")}${removes.length > 0 ? ` REMOVE ${removes.join(", ")}` : ""}`,
    ExpressionAttributeNames: { "#ttl": "ttl" },
    ExpressionAttributeValues: {
      ...("ExpressionAttributeValues" in condition ? condition.ExpressionAttributeValues : {}),
      ":version": version,
      ...(won === undefined ? {} : { ":to": won }),
      ...(isOver ? { ":ttl": markEnd(now) } : {}),
    },
  };
}
