import { addTo, allTime, type Fold } from "./cells.ts";
import type { Count } from "./count.ts";
import { binOf } from "./counters.ts";
import type { Counters, SumQuery } from "./ports.ts";

/** What a fold gives for a query of sums: counters by group, summed over the periods. */
export function sumsOf(fold: Fold, { cube, dimension, periods, histograms }: SumQuery): Map<string, Counters> {
  const groups = new Map<string, Map<string, Count>>();
  for (const cell of fold.values()) {
    if (cell.cube !== cube || cell.dimension !== dimension || !isIn(periods, cell.period)) continue;
    const sums = groups.get(cell.group) ?? new Map<string, Count>();
    groups.set(cell.group, sums);
    for (const [name, value] of cell.counters) if (histograms || !binOf(name)) addTo(sums, name, value);
  }
  return groups;
}

/** A run of months sums months, and a run of days days, so that no record counts twice. */
function isIn(periods: SumQuery["periods"], period: string): boolean {
  if (periods === "all") return period === allTime;
  return periods.some(
    ({ unit, from, to }) => period.length === (unit === "day" ? 10 : 7) && from <= period && period < to,
  );
}
