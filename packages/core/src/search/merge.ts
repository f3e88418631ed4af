import type { Place } from "./place.ts";
import type { IndexEntry } from "./ports.ts";
import type { Budget, Reader } from "./reader.ts";

/** Something that is walked through, list by list. */
export interface Walk {
  readonly readers: readonly Reader[];
  /**
   * Reads on where it is dry, with a share of the budget for each of its dry readers; from below a place where it begins
   * anew. Answers false when the budget is too small.
   */
  refill(budget: Budget, share: number, below: Place | undefined): Promise<boolean>;
  /** Hears whether an entry of it was a hit. */
  count(isHit: boolean): void;
}

export interface MergeOptions {
  limit: number;
  budget: Budget;
  after: Place | undefined;
  accepts(entry: IndexEntry): boolean;
  /** Whether the caller may know that the entry stands in a list. */
  shows(entry: IndexEntry, key: string | undefined): boolean;
}

interface Merged {
  found: IndexEntry[];
  /** From where the next page goes on; undefined when everything has been looked at. */
  next: Place | undefined;
}

/** Entries that a page looks at, at most, and that the caller may know of; no budget is so small that it ends before. */
const mostLookedAt = 200;

/**
 * The newest records of all walks that are accepted, each once: until there are enough of them, or all has been looked
 * at, or as much as a page may.
 *
 * Where a page ends must not tell of what the caller may not know. So a page that is full goes on to the next hit to say
 * whether there is one, and ends with its own last one; and one that has looked at much ends by what is shown alone. Only
 * when the budget has been used up by entries that are not shown, hundreds in one list, a page ends because of them.
 */
export async function merge(
  walks: readonly Walk[],
  { limit, budget, after, accepts, shows }: MergeOptions,
): Promise<Merged> {
  const found: IndexEntry[] = [];
  let [last, lookedAt] = [after, 0];
  const ended = () => ({ found, next: found.length === limit ? found.at(-1)?.place : last });
  for (;;) {
    const dry = walks.flatMap((walk) => walk.readers).filter(({ isDry }) => isDry).length;
    if (dry > 0) {
      const share = budget.left / dry;
      const done = await Promise.all(walks.map((walk) => walk.refill(budget, share, last)));
      if (done.includes(false)) return ended();
      continue;
    }
    const first = firstOf(walks);
    if (!first) return { found, next: undefined };
    const { walk, reader, entry } = first;
    reader.shift();
    last = entry.place;
    const isHit = accepts(entry);
    walk.count(isHit);
    // A record stands in several of the lists, and for a moment in two states in one.
    if (isHit && entry.place !== found.at(-1)?.place) {
      if (found.length === limit) return ended();
      found.push(entry);
    }
    if (shows(entry, reader.key)) lookedAt += 1;
    if (lookedAt === mostLookedAt) return ended();
  }
}

function firstOf(walks: readonly Walk[]) {
  let best: { walk: Walk; reader: Reader; entry: IndexEntry } | undefined;
  for (const walk of walks) {
    for (const reader of walk.readers) {
      const entry = reader.head;
      if (entry && (!best || entry.place > best.entry.place)) best = { walk, reader, entry };
    }
  }
  return best;
}
