import type { GroupBy } from "@shangji/contracts/analytics/schemas";
import { addTo, type Dimension, withoutValue } from "./cells.ts";
import type { Count } from "./count.ts";
import * as counter from "./counters.ts";
import { periodRanges } from "./period-ranges.ts";
import type { AnalyticsPorts, Counters, PeriodQuery, SumQuery } from "./ports.ts";

/** Key of the one group of a read that does not group. */
const everything = "all";

/** The dimension whose stored groups a grouping is made of: teams are few, so totals and regions are sums of them. */
export function dimensionOf(groupBy: GroupBy): Dimension {
  return groupBy === "none" || groupBy === "region" ? "team" : groupBy;
}

export function periodsOf({ from, to }: PeriodQuery): SumQuery["periods"] {
  return from === undefined && to === undefined ? "all" : periodRanges(from, to);
}

/** Makes the groups of a grouping out of the stored ones. */
export async function regroup(
  stored: ReadonlyMap<string, Counters>,
  groupBy: GroupBy,
  ports: Pick<AnalyticsPorts, "regions">,
): Promise<Map<string, Counters>> {
  if (groupBy === "none") return merge(stored, () => everything, [everything]);
  if (groupBy !== "region") return new Map(stored);
  const regions = await ports.regions();
  return merge(stored, (team) => regions.get(team) ?? withoutValue, []);
}

function merge(stored: ReadonlyMap<string, Counters>, keyOf: (key: string) => string, always: readonly string[]) {
  const groups = new Map<string, Map<string, Count>>(always.map((key) => [key, new Map()]));
  for (const [key, counters] of stored) {
    const merged = groups.get(keyOf(key)) ?? new Map<string, Count>();
    groups.set(keyOf(key), merged);
    for (const [name, value] of counters) addTo(merged, name, value);
  }
  return groups;
}

export interface LabelledGroup {
  key: string;
  label: string;
  counters: Counters;
}

/** Labels the groups that hold anything and sorts them by label; the group without a value comes last. */
export async function labelled(
  groups: ReadonlyMap<string, Counters>,
  groupBy: GroupBy,
  ports: Pick<AnalyticsPorts, "labels">,
): Promise<LabelledGroup[]> {
  const filled = [...groups].filter(([key, counters]) => key === everything || holdsAnything(counters));
  const labels = await ports.labels(
    groupBy,
    filled.map(([key]) => key),
  );
  return filled.map(([key, counters]) => ({ key, label: labels.get(key) ?? key, counters })).sort(byLabel);
}

function holdsAnything(counters: Counters): boolean {
  return [counter.open, counter.won, counter.lost].some((name) => countOf(counters, name) !== 0);
}

function byLabel(left: LabelledGroup, right: LabelledGroup): number {
  const last = Number(left.key === withoutValue) - Number(right.key === withoutValue);
  return last || compare(left.label, right.label) || compare(left.key, right.key);
}

// Code points, so that every machine gives the same order.
function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

/** A counter as a plain number: exact up to 2⁵³. */
export function countOf(counters: Counters, name: string): number {
  return Number(counters.get(name) ?? 0);
}

/** The histograms among counters, by series. */
export function histogramsOf(counters: Counters): Map<string, Map<number, Count>> {
  const histograms = new Map<string, Map<number, Count>>();
  for (const [name, value] of counters) {
    const bin = counter.binOf(name);
    if (!bin) continue;
    const histogram = histograms.get(bin.series) ?? new Map<number, Count>();
    histograms.set(bin.series, histogram);
    histogram.set(bin.bin, value);
  }
  return histograms;
}
