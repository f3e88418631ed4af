import { isVisible, type Visibility } from "../access/viewer.ts";
import { addTo, type Fold, withoutValue } from "./cells.ts";
import type { PipelineStages } from "./contributions.ts";
import type { Count } from "./count.ts";
import { partsOf } from "./owner-groups.ts";
import type { Aggregates, CountedRecords, Counters, SumQuery } from "./ports.ts";
import { sharedContributions } from "./shared-contributions.ts";
import { sumsOf } from "./sums-of.ts";
import { type CountedDeals, visibleContributions } from "./visible-contributions.ts";

export interface AllAggregates {
  aggregates: Aggregates & CountedRecords;
  pipelineStages: PipelineStages;
  /** What figures by source, product or industry are counted of for whoever may not see all; boards ask for none. */
  deals?: Omit<CountedDeals, "pipelineStages">;
}

/**
 * Aggregates of what a caller may see, equal to a count of those records one by one. Owners and teams are made of the
 * owners' groups and of the records that are only shared with the caller; other dimensions do not tell whose records they
 * count, so for whoever may not see all the records are counted. It is made for one call: records are read once.
 */
export function visibleAggregates(
  { aggregates, pipelineStages, deals }: AllAggregates,
  visibility: Visibility,
): Aggregates {
  let shared: Promise<Fold> | undefined;
  let visible: Promise<Fold> | undefined;
  async function sharedSums(query: SumQuery): Promise<Map<string, Counters>> {
    if (!visibility || visibility.recordIds.length === 0) return new Map();
    shared ??= sharedContributions(visibility, { counted: aggregates, pipelineStages });
    return sumsOf(await shared, query);
  }
  async function byOwner(query: SumQuery): Promise<Map<string, Counters>> {
    const wanted = query.dimension === "team" ? "team" : "owner";
    const owners: SumQuery = { ...query, dimension: "owner" };
    const [stored, beside] = await Promise.all([aggregates.sums(owners), sharedSums(owners)]);
    const seen = [...stored].filter(([group]) => isVisible(visibility, belongingOf(group)));
    const groups = new Map<string, Map<string, Count>>();
    for (const [group, counters] of [...seen, ...beside]) {
      const key = partsOf(group)[wanted];
      const merged = groups.get(key) ?? new Map<string, Count>();
      groups.set(key, merged);
      for (const [name, value] of counters) addTo(merged, name, value);
    }
    return groups;
  }
  return {
    checkpoint: () => aggregates.checkpoint(),
    async sums(query) {
      const { dimension } = query;
      if (dimension === "owner") return byOwner(query);
      if (!visibility) return aggregates.sums(query);
      if (dimension === "team") return byOwner(query);
      if (!deals) throw new Error(`nothing counts by ${dimension} here`);
      visible ??= visibleContributions(visibility, { ...deals, pipelineStages });
      return sumsOf(await visible, query);
    },
  };
}

function belongingOf(group: string): { ownerId: string | undefined; teamId: string | undefined } {
  const { owner, team } = partsOf(group);
  return { ownerId: known(owner), teamId: known(team) };
}

function known(part: string): string | undefined {
  return part === withoutValue ? undefined : part;
}
