import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { belongsTo, isVisible } from "@shangji/core/access/viewer";
import type { GraveStore, Lane, LaneStore, ListPosition, Page, PageRequest, Stored } from "@shangji/core/kit/record";
import type { Table } from "./client.ts";
import { recordKey } from "./record-key.ts";
import { deletedKind, fromItem, nobody, type RecordShape } from "./record-store.ts";
import { batchGet } from "./unique-values.ts";

type Item = Record<string, unknown>;

const indexOf = {
  owner: { index: "gsi1", attribute: "ownerId" },
  team: { index: "gsi2", attribute: "teamId" },
  stage: { index: "gsi3", attribute: "stageId" },
  account: { index: "gsi4", attribute: "accountId" },
} as const;

/**
 * Lists a lane, latest change first: one query for a single lane; for `all` a merge over the teams' lanes, each read in
 * small pieces, so that a page costs about its own size plus one piece per team. A single lane that is narrowed is looked
 * through, a thousand records a page at most.
 */
export function laneStore<T extends object>(
  table: Table,
  shape: RecordShape<T>,
): LaneStore<T> & Pick<GraveStore<T>, "listDeleted"> {
  const deleted = { ...shape, kind: deletedKind(shape.kind) };
  return {
    list: (lane, page) => list(table, shape, lane, page),
    listDeleted: (lane, page) => list(table, deleted, lane, page),
  };
}

async function list<T extends object>(table: Table, shape: RecordShape<T>, lane: Lane, { limit, after }: PageRequest) {
  if (lane.by !== "all" && lane.within) return lookThrough(table, shape, lane, { limit, after });
  const shared = await sharedIn(table, shape, lane);
  const items = await readLanes(table, shape.kind, partsOf(lane), { limit: limit + 1, after, shared });
  return pageOf(shape, items, limit);
}

/** Records that are shared, and in no other part of the lane, latest change first. */
async function sharedIn<T>(table: Table, shape: RecordShape<T>, { within }: Lane): Promise<Item[]> {
  const keys = (within?.recordIds ?? []).map((id) => recordKey(shape.key, shape.kind, id));
  const items: Item[] = [];
  for await (const item of batchGet(table, keys, { consistent: false })) {
    if (item.kind === shape.kind && !belongsTo(within, item)) items.push(item);
  }
  return items.sort((left, right) => (isBefore(left, { at: String(right.updatedAt), pk: String(right.pk) }) ? -1 : 1));
}

/** Whether an item comes before a place in the list: later changed, or by key among those of one instant. */
function isBefore({ updatedAt, pk }: Item, place: { at: string; pk: string }): boolean {
  return updatedAt === place.at ? String(pk) < place.pk : String(updatedAt) > place.at;
}

/** A place in a merged list: the last item given out, and the lane it came from. */
interface Position {
  lane: number;
  at: string;
  pk: string;
}

interface Part {
  by: keyof typeof indexOf;
  id: string;
  /** Whose records another part brings already. */
  without?: string;
}

function partsOf(lane: Lane): Part[] {
  if (lane.by !== "all") return [{ by: lane.by, id: lane.id }];
  if (!lane.within) return [...lane.teamIds, nobody].map((id) => ({ by: "team", id }));
  const { ownerId, teamIds } = lane.within;
  return [{ by: "owner", id: ownerId }, ...teamIds.map((id): Part => ({ by: "team", id, without: ownerId }))];
}

type SingleLane = Exclude<Lane, { by: "all" }>;

/** Records that one request may look at. */
const mostLookedAt = 1_000;

/** A page of a lane of which only some records may be seen; it ends early once it has looked at enough. */
async function lookThrough<T extends object>(
  table: Table,
  shape: RecordShape<T>,
  { by, id, within }: SingleLane,
  { limit, after }: { limit: number; after?: ListPosition | undefined },
): Promise<Page<Stored<T>>> {
  const position = after as Position | undefined; // made below and by pageOf
  const piece = Math.min(2 * limit + 20, 250);
  const found: Found[] = [];
  let lookedAt = 0;
  for await (const item of laneReader(table, shape.kind, { by, id }, startIn(0, position), piece)) {
    lookedAt += 1;
    if (isVisible(within, item)) found.push({ item, lane: 0 });
    if (found.length > limit) break;
    if (lookedAt === mostLookedAt) {
      const items = found.map((each) => fromItem(shape, each.item));
      return { items, next: { ...positionOf({ item, lane: 0 }) } };
    }
  }
  return pageOf(shape, found, limit);
}

interface Found {
  item: Item;
  lane: number;
}

function pageOf<T extends object>(shape: RecordShape<T>, found: Found[], limit: number): Page<Stored<T>> {
  const items = found.slice(0, limit).map(({ item }) => fromItem(shape, item));
  const last = found[limit - 1];
  if (found.length <= limit || !last) return { items };
  return { items, next: { ...positionOf(last) } };
}

function positionOf({ item, lane }: Found): Position {
  return { lane, at: String(item.updatedAt), pk: String(item.pk) };
}

/**
 * The order of a merged list is (updatedAt descending, lane, order in the lane). So after an item of lane k at time t,
 * the lanes before k continue below t, the lanes after k at t, and lane k right after the item itself.
 */
async function readLanes(
  table: Table,
  kind: string,
  parts: Part[],
  { limit, after, shared }: { limit: number; after: ListPosition | undefined; shared: readonly Item[] },
): Promise<Found[]> {
  const position = after as Position | undefined; // made by pageOf; the cursor that carries it is tamper-proof
  const piece = parts.length === 1 ? limit : Math.min(limit, Math.ceil((limit / parts.length) * 1.5) + 2);
  const readers = await Promise.all(
    parts.map(async (part, lane) => {
      const reader = laneReader(table, kind, part, startIn(lane, position), piece);
      return { lane, reader, head: (await reader.next()).value };
    }),
  );
  // Behind the others, so that their places stay what they are as records are shared.
  const last = sharedReader(shared, startIn(parts.length, position));
  readers.push({ lane: parts.length, reader: last, head: (await last.next()).value });
  const found: Found[] = [];
  for (;;) {
    const first = latest(readers);
    if (!first?.head) return found;
    found.push({ item: first.head, lane: first.lane });
    // Looking for the one after the last would cost a query.
    if (found.length >= limit) return found;
    first.head = (await first.reader.next()).value;
  }
}

function latest<R extends { head: Item | undefined }>(readers: R[]): R | undefined {
  let best: R | undefined;
  for (const reader of readers) {
    if (reader.head && (!best?.head || String(reader.head.updatedAt) > String(best.head.updatedAt))) best = reader;
  }
  return best;
}

type Start = { below?: string; upTo?: string; after?: Position };

function startIn(lane: number, position: Position | undefined): Start {
  if (!position) return {};
  if (lane < position.lane) return { below: position.at };
  return lane > position.lane ? { upTo: position.at } : { after: position };
}

async function* sharedReader(items: readonly Item[], { below, upTo, after }: Start): AsyncGenerator<Item, undefined> {
  for (const item of items) {
    const at = String(item.updatedAt);
    if ((below !== undefined && at >= below) || (upTo !== undefined && at > upTo)) continue;
    if (after === undefined || !(isBefore(item, after) || item.pk === after.pk)) yield item;
  }
  return undefined;
}

async function* laneReader(
  table: Table,
  kind: string,
  part: Part,
  start: Start,
  piece: number,
): AsyncGenerator<Item, undefined> {
  const { index, attribute } = indexOf[part.by];
  const bound = start.below ?? start.upTo;
  const comparison = start.below === undefined ? "<=" : "<";
  let from: Item | undefined = start.after && {
    kind,
    [attribute]: part.id,
    updatedAt: start.after.at,
    pk: start.after.pk,
    sk: "record",
  };
  do {
    const { Items, LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: index,
        KeyConditionExpression: `kind = :kind AND ${attribute} = :id${bound === undefined ? "" : ` AND updatedAt ${comparison} :bound`}`,
        ExpressionAttributeValues: {
          ":kind": kind,
          ":id": part.id,
          ...(bound === undefined ? {} : { ":bound": bound }),
        },
        ScanIndexForward: false,
        Limit: piece,
        ExclusiveStartKey: from,
      }),
    );
    for (const item of Items ?? []) if (part.without === undefined || item.ownerId !== part.without) yield item;
    from = LastEvaluatedKey;
  } while (from);
  return undefined;
}
