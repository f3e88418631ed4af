import { belongsTo, isVisible, type Visibility } from "@shangji/core/access/viewer";
import {
  type GraveStore,
  type Lane,
  type LanePart,
  type LaneStore,
  type ListPosition,
  nobody,
  type Page,
  type PageRequest,
  type Selection,
  type Stored,
  statusOrders,
} from "@shangji/core/kit/record";
import { readBudget } from "@shangji/core/lists/read-budget";
import type { Table } from "./client.ts";
import { type Item, type Position, readLane } from "./lane-reader.ts";
import { looked, mergedEntries } from "./merged-entries.ts";
import { recordKey } from "./record-key.ts";
import { deletedKind, fromItem, type RecordShape, toItem } from "./record-store.ts";
import { batchGet } from "./unique-values.ts";

/** What a page is taken from, in the form of items. */
interface ItemSelection extends Pick<Selection<object>, "lanes" | "order" | "range" | "expected"> {
  beside: readonly Item[];
  where(item: Item): boolean;
}

/**
 * Lists records of lanes in order: one query for a single lane; several are merged, each read in small pieces, so that a page
 * costs about its own size plus one piece for each lane. What is not wanted of a lane is looked through, a read budget a page
 * at most.
 */
export function laneStore<T extends object>(
  table: Table,
  shape: RecordShape<T>,
): LaneStore<T> & Pick<GraveStore<T>, "listDeleted"> {
  const deleted = { ...shape, kind: deletedKind(shape.kind) };
  return {
    list: (lane, page) => list(table, shape, lane, page),
    listDeleted: (lane, page) => list(table, deleted, lane, page),
    async select({ beside, where, ...selection }, page) {
      return pageOf(table, shape, page, {
        ...selection,
        beside: beside.map((record) => ({ ...toItem(shape, record), pk: (record as { id?: unknown }).id })), // records have ids
        where: (item) => where(fromItem(shape, item)),
      });
    },
    async gather(lanes, most) {
      const records: Stored<T>[] = [];
      let read = 0;
      for (const part of lanes) {
        const whole = { kind: shape.kind, order: { by: "updated", descending: true }, range: {} } as const;
        for await (const { item } of readLane(table, part, { ...whole, piece: most + 1 - read })) {
          read += 1;
          if (read > most) return undefined;
          if (!isWithout(part, item)) records.push(fromItem(shape, item));
        }
      }
      return records;
    },
  };
}

async function list<T extends object>(
  table: Table,
  shape: RecordShape<T>,
  lane: Lane,
  page: PageRequest,
): Promise<Page<Stored<T>>> {
  const isNarrowed = lane.by !== "all" && lane.within !== undefined;
  return pageOf(table, shape, page, {
    lanes: partsOf(lane),
    order: { by: "updated", descending: true },
    beside: lane.by === "all" ? await sharedIn(table, shape, lane.within) : [],
    where: (item) => !isNarrowed || isVisible(lane.within, item),
    expected: isNarrowed ? 2 * page.limit + 20 : page.limit + 1,
  });
}

function partsOf(lane: Lane): LanePart[] {
  if (lane.by !== "all") return [{ by: lane.by, id: lane.id }];
  if (!lane.within) return [...lane.teamIds, nobody].map((id) => ({ by: "team", id }));
  const { ownerId, teamIds } = lane.within;
  return [{ by: "owner", id: ownerId }, ...teamIds.map((id): LanePart => ({ by: "team", id, without: ownerId }))];
}

/** Living records that are shared, and not visible anyway. */
async function sharedIn<T>(table: Table, shape: RecordShape<T>, within: Visibility): Promise<Item[]> {
  const keys = (within?.recordIds ?? []).map((id) => recordKey(shape.key, shape.kind, id));
  const items: Item[] = [];
  for await (const item of batchGet(table, keys, { consistent: false })) {
    if (item.kind === shape.kind && !belongsTo(within, item)) items.push(item);
  }
  return items;
}

/** A page in order; it ends early once it has looked at as much as the read budget allows. */
async function pageOf<T extends object>(
  table: Table,
  shape: RecordShape<T>,
  { limit, after }: PageRequest,
  selection: ItemSelection,
): Promise<Page<Stored<T>>> {
  const most = statusOrders.includes(selection.order.by) ? readBudget.lookups : readBudget.records;
  const found: { item: Item; position: Position }[] = [];
  const entries = mergedEntries(table, { ...selection, kind: shape.kind, after: after as Position | undefined }); // made below
  let lookedAt = 0;
  for await (const { item, part, position } of looked(table, entries, {
    kind: shape.kind,
    order: selection.order.by,
    limit,
  })) {
    lookedAt += 1;
    if (item && !isWithout(part, item) && selection.where(item)) found.push({ item, position });
    // Looking for the one after the last would cost a query.
    if (found.length > limit) break;
    if (lookedAt === most) return { items: found.map((each) => fromItem(shape, each.item)), next: { ...position } };
  }
  const items = found.slice(0, limit).map(({ item }) => fromItem(shape, item));
  const last = found[limit - 1];
  return found.length > limit && last ? { items, next: { ...last.position } satisfies ListPosition } : { items };
}

function isWithout(part: LanePart | undefined, { ownerId }: Item): boolean {
  return part?.without !== undefined && ownerId === part.without;
}
