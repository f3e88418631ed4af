import type { Fold } from "@shangji/core/analytics/cells";
import type { OpportunityFacts } from "@shangji/core/analytics/facts";
import type { Aggregates, Checkpoint, CountedRecords } from "@shangji/core/analytics/ports";
import { sumsOf } from "@shangji/core/analytics/sums-of";

/** Aggregates in memory, as a fold holds them, and the facts that it was made of by the ids of their records. */
export function fakeAggregates(
  fold: Fold,
  { checkpoint, facts = new Map() }: { checkpoint?: Checkpoint; facts?: ReadonlyMap<string, OpportunityFacts> } = {},
): Aggregates & CountedRecords {
  return {
    checkpoint: async () => checkpoint,
    sums: async (query) => sumsOf(fold, query),
    countedFacts: async (ids) => [...new Set(ids)].flatMap((id) => facts.get(id) ?? []),
  };
}
