import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { IndexEntry } from "./ports.ts";
import type { Budget, Reader } from "./reader.ts";

/** Places of records of all kinds: newest first, and those of one instant by kind. */
export interface Place {
  at: string;
  kind: OwnedEntity;
}

export interface Candidate {
  kind: OwnedEntity;
  entry: IndexEntry;
}

/** Something that is walked through, list by list. */
export interface Walk {
  readonly kind: OwnedEntity;
  readonly readers: readonly Reader[];
  /**
   * Reads on where it is dry, with a share of the budget for each of its dry readers; from below a place where it begins
   * anew. Answers false when the budget is too small.
   */
  refill(budget: Budget, share: number, below: string | undefined): Promise<boolean>;
  /** Hears whether an entry of it was a hit. */
  count(isHit: boolean): void;
}

interface Merged {
  found: Candidate[];
  /** From where the next page goes on; undefined when everything has been looked at. */
  next: Place | undefined;
}

/** From which place a kind goes on after another one's; that place itself may still be the kind's. */
export function belowFor(
  kind: OwnedEntity,
  after: Place | undefined,
  kinds: readonly OwnedEntity[],
): string | undefined {
  if (!after) return undefined;
  return kinds.indexOf(kind) > kinds.indexOf(after.kind) ? `${after.at}~` : after.at;
}

/**
 * The newest records of all walks that are accepted, each once: until there are enough of them, or all has been looked
 * at, or the budget is used up.
 */
export async function merge(
  walks: readonly Walk[],
  {
    limit,
    budget,
    after,
    kinds,
    accepts,
  }: {
    limit: number;
    budget: Budget;
    after: Place | undefined;
    kinds: readonly OwnedEntity[];
    accepts: (candidate: Candidate) => boolean;
  },
): Promise<Merged> {
  const found: Candidate[] = [];
  let last = after;
  for (;;) {
    const readers = walks.flatMap((walk) => walk.readers);
    if (found.length === limit) {
      return { found, next: readers.some(({ head, isDry }) => head || isDry) ? last : undefined };
    }
    const dry = readers.filter(({ isDry }) => isDry).length;
    if (dry > 0) {
      const share = budget.left / dry;
      const done = await Promise.all(walks.map((walk) => walk.refill(budget, share, belowFor(walk.kind, last, kinds))));
      if (done.includes(false)) return { found, next: last };
      continue;
    }
    const first = firstOf(walks, kinds);
    if (!first) return { found, next: undefined };
    first.reader.shift();
    const candidate = { kind: first.walk.kind, entry: first.entry };
    last = { kind: candidate.kind, at: first.entry.place };
    const isHit = accepts(candidate);
    first.walk.count(isHit);
    if (isHit && !isSame(candidate, found.at(-1))) found.push(candidate);
  }
}

/** A record stands in several of the lists, and for a moment in two states in one. */
function isSame({ kind, entry }: Candidate, other: Candidate | undefined): boolean {
  return kind === other?.kind && entry.place === other.entry.place;
}

function firstOf(walks: readonly Walk[], kinds: readonly OwnedEntity[]) {
  let best: { walk: Walk; reader: Reader; entry: IndexEntry } | undefined;
  for (const walk of walks) {
    for (const reader of walk.readers) {
      const entry = reader.head;
      if (entry && (!best || isBefore(entry, walk.kind, best, kinds))) best = { walk, reader, entry };
    }
  }
  return best;
}

function isBefore(
  entry: IndexEntry,
  kind: OwnedEntity,
  other: { walk: Walk; entry: IndexEntry },
  kinds: readonly OwnedEntity[],
): boolean {
  if (entry.place !== other.entry.place) return entry.place > other.entry.place;
  return kinds.indexOf(kind) < kinds.indexOf(other.walk.kind);
}
