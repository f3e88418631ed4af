import { isVisible, type Visibility } from "../access/viewer.ts";
import { DomainError } from "../kit/domain-error.ts";
import { addTo, withoutValue } from "./cells.ts";
import type { Count } from "./count.ts";
import { partsOf } from "./owner-groups.ts";
import type { Aggregates, Counters, SumQuery } from "./ports.ts";

/**
 * Aggregates of what a caller may see, equal to a count of those records one by one. Owners and teams are made of the
 * owners' groups; other dimensions do not tell whose records they count, so they are for those who may see all.
 */
export function visibleAggregates(aggregates: Aggregates, visibility: Visibility): Aggregates {
  return {
    checkpoint: () => aggregates.checkpoint(),
    async sums(query) {
      const { dimension } = query;
      if (dimension === "owner") return byOwner(aggregates, query, visibility);
      if (!visibility) return aggregates.sums(query);
      if (dimension === "team") return byOwner(aggregates, query, visibility);
      throw new DomainError("forbidden", "This grouping counts records that your role does not cover.");
    },
  };
}

async function byOwner(
  aggregates: Aggregates,
  query: SumQuery,
  visibility: Visibility,
): Promise<Map<string, Counters>> {
  const wanted = query.dimension === "team" ? "team" : "owner";
  const groups = new Map<string, Map<string, Count>>();
  for (const [group, counters] of await aggregates.sums({ ...query, dimension: "owner" })) {
    const parts = partsOf(group);
    if (!isVisible(visibility, { ownerId: known(parts.owner), teamId: known(parts.team) })) continue;
    const merged = groups.get(parts[wanted]) ?? new Map<string, Count>();
    groups.set(parts[wanted], merged);
    for (const [name, value] of counters) addTo(merged, name, value);
  }
  return groups;
}

function known(part: string): string | undefined {
  return part === withoutValue ? undefined : part;
}
