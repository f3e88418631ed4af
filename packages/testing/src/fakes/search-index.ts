import type { IndexedState } from "@shangji/core/search/indexed-state";
import { keysOf } from "@shangji/core/search/keys";
import { placeOf } from "@shangji/core/search/place";
import type { EntryList, IndexEntry, SearchIndex } from "@shangji/core/search/ports";

/** A search index in memory, made of the given states; twenty entries cost what they cost in the table. */
export function memorySearchIndex(states: readonly IndexedState[]): SearchIndex {
  const lists = new Map<string, IndexEntry[]>();
  const add = (list: EntryList, entry: IndexEntry) => {
    const name = nameOf(list);
    const entries = lists.get(name);
    if (entries) entries.push(entry);
    else lists.set(name, [entry]);
  };
  for (const { kind, id, ownerId, teamId, document, card } of states) {
    if (document === null) continue;
    const entry = { place: placeOf(id), ownerId, teamId, document, cut: new Set<never>(), card };
    for (const key of keysOf(document)) {
      add({ kind: "any", key, lane: { by: "all" } }, entry);
      add({ kind, key, lane: { by: "all" } }, entry);
      if (ownerId !== undefined) add({ kind, key, lane: { by: "owner", id: ownerId } }, entry);
      if (teamId !== undefined) add({ kind, key, lane: { by: "team", id: teamId } }, entry);
    }
  }
  for (const entries of lists.values()) entries.sort((left, right) => (left.place > right.place ? -1 : 1));
  return {
    async read(list, { below, most }) {
      const all = lists.get(nameOf(list)) ?? [];
      const start = below === undefined ? 0 : firstBelow(all, below);
      const entries = all.slice(start, start + most);
      const readUnits = Math.max(1, Math.ceil(entries.length / 20)) / 2;
      return { entries, downTo: entries.at(-1)?.place, readUnits, isLast: start + entries.length === all.length };
    },
  };
}

/** By halves, as lists may be long. */
function firstBelow(entries: readonly IndexEntry[], below: string): number {
  let [from, to] = [0, entries.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((entries[middle]?.place ?? "") < below) to = middle;
    else from = middle + 1;
  }
  return from;
}

function nameOf({ kind, key, lane }: EntryList): string {
  return `${kind} ${key} ${lane.by === "all" ? "" : lane.id}`;
}
