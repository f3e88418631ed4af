import { addTo, allTime, type Fold } from "@shangji/core/analytics/cells";
import type { Count } from "@shangji/core/analytics/count";
import { binOf } from "@shangji/core/analytics/counters";
import type { Aggregates, Checkpoint, SumQuery } from "@shangji/core/analytics/ports";

/** Aggregates in memory, as a fold holds them. */
export function fakeAggregates(fold: Fold, checkpoint?: Checkpoint): Aggregates {
  return {
    checkpoint: async () => checkpoint,
    async sums({ cube, dimension, periods, histograms }) {
      const groups = new Map<string, Map<string, Count>>();
      for (const cell of fold.values()) {
        if (cell.cube !== cube || cell.dimension !== dimension || !isIn(periods, cell.period)) continue;
        const sums = groups.get(cell.group) ?? new Map<string, Count>();
        groups.set(cell.group, sums);
        for (const [name, value] of cell.counters) if (histograms || !binOf(name)) addTo(sums, name, value);
      }
      return groups;
    },
  };
}

function isIn(periods: SumQuery["periods"], period: string): boolean {
  if (periods === "all") return period === allTime;
  return periods.some(
    ({ unit, from, to }) => period.length === (unit === "day" ? 10 : 7) && from <= period && period < to,
  );
}
