import type { IndexedState } from "@shangji/core/search/indexed-state";
import { transactionLimit } from "../analytics/projector-deps.ts";
import { causeOf, transact } from "../analytics/transact.ts";
import { deleteRequests } from "../analytics/write-all.ts";
import { beforeAttempt } from "../kit/attempts.ts";
import { entryItems, entryKeys } from "./entry-items.ts";
import { type MarkerDeps, putSearchMarker, readSearchMarkers, type SearchMarker } from "./search-markers.ts";
import { writeEntries } from "./write-entries.ts";

/**
 * Makes the index hold the given states of records, or later ones where it has them.
 *
 * Entries are written in batches without conditions, so what makes repeats, late comers and crashes harmless is the order:
 * 1. the marker names a version before any entry of it is written, and refuses one that is older than what it names
 * 2. the entries of that version are put; those of other versions have other keys
 * 3. the marker is read again. If it names a later version by now, these entries are deleted: whoever came later may have
 *    cleared up before they were put. If not, the entries of all earlier versions are deleted, and then the marker forgets
 *    them
 * Whoever stops in between gets the same states again, as the stream delivers until a batch is worked through, and does the
 * steps again; a state that is too late by then has its entries deleted, in case its first delivery has put some.
 */
export async function indexRecords(states: readonly IndexedState[], deps: MarkerDeps): Promise<void> {
  const { latest, late } = sorted(states);
  const named = await nameVersions(latest, late, deps);
  await writeEntries(
    named.flatMap(entryItems).map((Item) => ({ PutRequest: { Item } })),
    deps,
  );
  await clearUp(named, late, deps);
}

/** The latest state of each record, and the states that come too late for it. */
function sorted(states: readonly IndexedState[]): { latest: IndexedState[]; late: IndexedState[] } {
  const latest = new Map<string, IndexedState>();
  for (const state of states) {
    const known = latest.get(state.id);
    if (!known || known.version < state.version) latest.set(state.id, state);
  }
  const late = states.filter(({ id, version }) => version !== latest.get(id)?.version);
  return { latest: [...latest.values()], late };
}

/** Step 1: answers the states that their markers name; the others go to `late`. */
async function nameVersions(
  states: readonly IndexedState[],
  late: IndexedState[],
  deps: MarkerDeps,
): Promise<IndexedState[]> {
  const named: IndexedState[] = [];
  let open = states;
  let cause: unknown;
  for (let attempt = 0; open.length > 0; attempt++) {
    await beforeAttempt(attempt, cause, deps);
    const markers = await markersOf(open, deps);
    const writes: MarkerWrite[] = [];
    for (const state of open) {
      const before = markers.get(state.id);
      if (before && before.version > state.version) late.push(state);
      else if (before?.version === state.version) named.push(namedState(before) ?? state);
      else writes.push({ state, before, states: [...(before?.states ?? []), state] });
    }
    const outcome = await writeMarkers(writes, deps);
    named.push(...outcome.written);
    ({ refused: open, cause } = outcome);
  }
  return named;
}

/** What a marker says of the version that it names; whoever comes with that version again is told by it. */
function namedState({ version, states }: SearchMarker): IndexedState | undefined {
  return states.find((state) => state.version === version);
}

/** Step 3. */
async function clearUp(named: readonly IndexedState[], late: IndexedState[], deps: MarkerDeps): Promise<void> {
  let open = named;
  let cause: unknown;
  for (let attempt = 0; open.length > 0; attempt++) {
    await beforeAttempt(attempt, cause, deps);
    const markers = await markersOf(open, deps);
    const writes: MarkerWrite[] = [];
    for (const state of open) {
      const before = markers.get(state.id);
      if (before?.version !== state.version) {
        late.push(state);
        continue;
      }
      const earlier = before.states.filter(({ version }) => version !== state.version);
      late.push(...earlier);
      if (earlier.length > 0) writes.push({ state, before, states: [state] });
    }
    await deleteEntries(late.splice(0), deps);
    const outcome = await writeMarkers(writes, deps);
    ({ refused: open, cause } = outcome);
  }
  await deleteEntries(late, deps);
}

function markersOf(states: readonly IndexedState[], deps: MarkerDeps): Promise<Map<string, SearchMarker>> {
  return readSearchMarkers(
    states.map(({ id }) => id),
    deps,
  );
}

interface MarkerWrite {
  state: IndexedState;
  before: SearchMarker | undefined;
  /** What there may be entries of from now on. */
  states: IndexedState[];
}

/** Writes markers as many at a time as a transaction takes; one that another worker has changed holds up those beside it. */
async function writeMarkers(writes: readonly MarkerWrite[], { table }: MarkerDeps) {
  const [written, refused]: [IndexedState[], IndexedState[]] = [[], []];
  let cause: unknown;
  for (let start = 0; start < writes.length; start += transactionLimit) {
    const part = writes.slice(start, start + transactionLimit);
    const outcome = await transact(
      table,
      part.map(({ state: { id, version }, before, states }) =>
        putSearchMarker(table, id, { before, after: { version, states } }),
      ),
    );
    const isWritten = outcome.kind === "committed";
    if (!isWritten) cause = causeOf(outcome);
    (isWritten ? written : refused).push(...part.map(({ state }) => state));
  }
  return { written, refused, cause };
}

async function deleteEntries(states: readonly IndexedState[], deps: MarkerDeps): Promise<void> {
  const keys = new Map(states.flatMap(entryKeys).map((key) => [`${key.pk} ${key.sk}`, key]));
  await writeEntries(deleteRequests([...keys.values()]), deps);
}
