import {
  addTo,
  allTime,
  type Cell,
  cellOf,
  type Dimension,
  type Fold,
  type Period,
} from "@shangji/core/analytics/cells";
import type { Count } from "@shangji/core/analytics/count";
import { binCounter, binOf } from "@shangji/core/analytics/counters";

/**
 * How cells lie in the table. A partition holds one cube and dimension of one epoch; in it, by sort key:
 * - `a#c#<group>`, `m<YYYY-MM>#c#<group>`: the counters of a group, all time and by month
 * - `a#h#<group>#<series>#<block>`, `m<YYYY-MM>#h#…`: a histogram, 128 bins an item, so that an item stays below 1 KB
 * - `d<YYYY-MM>-<block>#c#<group>`: four days of a group, counters and bins by day in the block. One item in place of
 *   four to twenty: an import of years touches many days, and a day alone holds little.
 * Each ends in `#<shard>`: amounts to add may go to any shard, and a reader sums them.
 */
export interface CellItem {
  pk: string;
  /** Without the shard. */
  sk: string;
  /** What to add to which attribute. */
  add: Record<string, Count>;
}

const daysPerBlock = 4;
const binsPerItem = 128;

export function cellPartition(epoch: string, cube: string, dimension: Dimension): string {
  return `agg#${epoch}#${cube}#${dimension}`;
}

/** Prefix of the all-time counters in a partition, and of everything of all time. */
export const allTimeCounters = "a#c#";
export const allTimePrefix = "a#";

/** Prefixes between which the items of a run of months or days lie; both ends inclusive. */
export function monthBounds(from: string, to: string): [string, string] {
  // Every sort key goes on after the month, so that the excluded month begins after its bare name.
  return [`m${from}`, `m${to}`];
}

/** `lastDay` is the last included date. */
export function dayBounds(from: string, lastDay: string): [string, string] {
  return [`d${blockOf(from)}`, `d${blockOf(lastDay)}~`];
}

/** The items that a fold adds to. */
export function itemsOf(fold: Fold, epoch: string): CellItem[] {
  const items = new Map<string, CellItem>();
  const add = (cell: Cell, sk: string, attribute: string, value: Count) => {
    const pk = cellPartition(epoch, cell.cube, cell.dimension);
    const key = `${pk} ${sk}`;
    let item = items.get(key);
    if (!item) {
      item = { pk, sk, add: {} };
      items.set(key, item);
    }
    item.add[attribute] = value;
  };
  for (const cell of fold.values()) {
    const { period, group, counters } = cell;
    const safeGroup = writeGroup(group);
    if (period.length === 10) {
      const [sk, day] = [`d${blockOf(period)}#c#${safeGroup}`, (dayOf(period) - 1) % daysPerBlock];
      for (const [name, value] of counters) add(cell, sk, `${day}/${name}`, value);
      continue;
    }
    const prefix = period === allTime ? "a" : `m${period}`;
    const sk = `${prefix}#c#${safeGroup}`;
    for (const [name, value] of counters) {
      const place = binOf(name);
      if (!place) add(cell, sk, name, value);
      else {
        const block = Math.floor(place.bin / binsPerItem);
        add(cell, `${prefix}#h#${safeGroup}#${place.series}#${block}`, `t${place.bin}`, value);
      }
    }
  }
  return [...items.values()];
}

/** Adds a stored item to a fold; `accepts` decides by period. */
export function addItem(
  fold: Fold,
  item: Record<string, unknown>,
  place: { cube: string; dimension: Dimension; accepts?: (period: Period) => boolean },
): void {
  const [prefix = "", kind, escaped = "", series = ""] = String(item.sk).split("#");
  const [group, accepts] = [readGroup(escaped), place.accepts ?? (() => true)];
  const counter = (period: Period, name: string, value: Count) => {
    if (accepts(period)) addTo(cellOf(fold, place.cube, place.dimension, period, group).counters, name, value);
  };
  for (const [attribute, value] of Object.entries(item)) {
    if (!isCount(value)) continue;
    if (prefix.startsWith("d")) counter(dayIn(prefix, attribute), attribute.slice(2), value);
    else {
      const period = prefix === "a" ? allTime : prefix.slice(1);
      counter(period, kind === "h" ? binCounter(series, Number(attribute.slice(1))) : attribute, value);
    }
  }
}

function isCount(value: unknown): value is Count {
  return typeof value === "number" || typeof value === "bigint";
}

function dayOf(date: string): number {
  return Number(date.slice(8));
}

function blockOf(date: string): string {
  return `${date.slice(0, 8)}${Math.floor((dayOf(date) - 1) / daysPerBlock)}`;
}

/** The date of an attribute `<day in block>/…` of a block `dYYYY-MM-<block>`. */
function dayIn(prefix: string, attribute: string): Period {
  const day = Number(prefix.slice(9)) * daysPerBlock + Number(attribute[0]) + 1;
  return `${prefix.slice(1, 8)}-${String(day).padStart(2, "0")}`;
}

// Groups may be any text; in a key the separator must stand for itself alone.
function writeGroup(group: string): string {
  return group.replaceAll("%", "%25").replaceAll("#", "%23");
}

function readGroup(group: string): string {
  return group.replaceAll("%23", "#").replaceAll("%25", "%");
}
