import { type LanePart, type OrderName, type Selection, statusOrders } from "@shangji/core/kit/record";
import type { Table } from "./client.ts";
import { type Item, nameOf, type Position, readLane, sortAttributes, undated } from "./lane-reader.ts";
import { batchGet } from "./unique-values.ts";

/** What lies beside the lanes stands behind them where values are equal. */
const besideName = "~";
const lastDate = "9999-12-31";

/** An entry of a merged list; what lies beside the lanes is of no part. */
interface Merged {
  item: Item;
  part: LanePart | undefined;
  position: Position;
}

export interface Merging extends Pick<Selection<object>, "lanes" | "order" | "range" | "expected"> {
  kind: string;
  beside: readonly Item[];
  after: Position | undefined;
}

/**
 * The entries of several parts of an index and what lies beside them, in one order. Records without a date come last
 * whichever way, so they are a stretch of their own.
 */
export async function* mergedEntries(table: Table, merging: Merging): AsyncGenerator<Merged> {
  const { order, range = {}, after } = merging;
  if (order.by !== "closing") {
    yield* merge(table, { ...merging, range });
    return;
  }
  if (after?.at !== undated) yield* merge(table, { ...merging, range: { ...range, to: range.to ?? lastDate } });
  // Who asks for a range asks for dates.
  if (merging.range) return;
  const rest = after?.at === undated ? after : undefined;
  yield* merge(table, { ...merging, range: { from: undated, to: undated }, after: rest });
}

interface Reader {
  entries: AsyncGenerator<Merged>;
  head: Merged | undefined;
}

async function* merge(
  table: Table,
  merging: Merging & { range: NonNullable<Merging["range"]> },
): AsyncGenerator<Merged> {
  const { lanes, expected, order } = merging;
  const piece = Math.min(lanes.length === 1 ? expected : Math.ceil((expected / lanes.length) * 1.5) + 2, mostAtOnce);
  const readers: Reader[] = await Promise.all([
    ...lanes.map((part) => opened(entriesOf(table, part, { ...merging, piece }))),
    opened(besideEntries(merging)),
  ]);
  for (;;) {
    const first = firstOf(readers, order.descending);
    if (!first?.head) return;
    yield first.head;
    first.head = await nextOf(first.entries);
  }
}

/** Records of 1 KB that a request brings within its limit of 1 MB, and a little more than a page needs. */
const mostAtOnce = 250;

async function opened(entries: AsyncGenerator<Merged>): Promise<Reader> {
  return { entries, head: await nextOf(entries) };
}

async function nextOf(entries: AsyncGenerator<Merged>): Promise<Merged | undefined> {
  const next = await entries.next();
  return next.done ? undefined : next.value;
}

async function* entriesOf(
  table: Table,
  part: LanePart,
  reading: Parameters<typeof readLane>[2],
): AsyncGenerator<Merged> {
  const lane = nameOf(part);
  for await (const { item, value, pk } of readLane(table, part, reading))
    yield { item, part, position: { lane, at: value, pk } };
}

async function* besideEntries({ beside, order, range = {}, after }: Merging): AsyncGenerator<Merged> {
  const sort = sortAttributes[order.by];
  const entries = beside.map((item): Merged => {
    const at = item[sort] as string | number; // an attribute that its shape derives or every record has
    return { item, part: undefined, position: { lane: besideName, at, pk: String(item.pk) } };
  });
  entries.sort((left, right) => compare(left.position, right.position, order.descending));
  for (const entry of entries) {
    const { at } = entry.position;
    const isOut = (range.from !== undefined && at < range.from) || (range.to !== undefined && at > range.to);
    if (!isOut && (!after || compare(entry.position, after, order.descending) > 0)) yield entry;
  }
}

function firstOf(readers: readonly Reader[], descending: boolean): Reader | undefined {
  let first: Reader | undefined;
  for (const reader of readers) {
    if (!reader.head) continue;
    if (!first?.head || compare(reader.head.position, first.head.position, descending) < 0) first = reader;
  }
  return first;
}

/** The order of a merged list: by value, then by the names of the parts, then by key. */
function compare(left: Position, right: Position, descending: boolean): number {
  const byValue = descending ? order(right.at, left.at) : order(left.at, right.at);
  return byValue || order(left.lane, right.lane) || order(left.pk, right.pk);
}

function order(left: string | number, right: string | number): number {
  return left < right ? -1 : Number(left > right);
}

/** An entry with its record; without one when the record is gone, or is elsewhere in the order by now. */
interface Looked extends Omit<Merged, "item"> {
  item: Item | undefined;
}

/** Items that one request looks up. */
const mostLookups = 100;

/** Looks up the records of entries that hold keys only, about as many at once as a page has; the others are there already. */
export async function* looked(
  table: Table,
  entries: AsyncGenerator<Merged>,
  { kind, order: by, limit }: { kind: string; order: OrderName; limit: number },
): AsyncGenerator<Looked> {
  if (!statusOrders.includes(by)) {
    yield* entries;
    return;
  }
  const atOnce = Math.min(limit + 1, mostLookups);
  let waiting: Merged[] = [];
  for await (const entry of entries) {
    waiting.push(entry);
    if (waiting.length < atOnce) continue;
    yield* lookedUp(table, waiting, { kind, by });
    waiting = [];
  }
  yield* lookedUp(table, waiting, { kind, by });
}

async function* lookedUp(
  table: Table,
  entries: readonly Merged[],
  place: { kind: string; by: OrderName },
): AsyncGenerator<Looked> {
  // A record may stand in its former place and in its new one for a moment.
  const wanted = new Set(entries.flatMap(({ part, position }) => (part ? [position.pk] : [])));
  const keys = [...wanted].map((pk) => ({ pk, sk: "record" }));
  const items = new Map<string, Item>();
  for await (const item of batchGet(table, keys, { consistent: false })) items.set(String(item.pk), item);
  for (const entry of entries) {
    const item = entry.part ? items.get(entry.position.pk) : entry.item;
    yield { ...entry, item: item && isStill(item, entry, place) ? item : undefined };
  }
}

/** An index follows its records a moment later: what has moved on since is found, or was, at its new place. */
function isStill(item: Item, { part, position }: Merged, { kind, by }: { kind: string; by: OrderName }): boolean {
  if (!part) return true;
  const isThere = item.kind === kind && item.teamId === part.id && item.status === part.status;
  return isThere && item[sortAttributes[by]] === position.at;
}
