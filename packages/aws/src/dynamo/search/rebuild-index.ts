import type { IndexedState } from "@shangji/core/search/indexed-state";
import { batched } from "../analytics/rebuild.ts";
import { causeOf, transact } from "../analytics/transact.ts";
import { deleteRequests } from "../analytics/write-all.ts";
import { type Outdated, outdatedRecords, strayEntries } from "./compare-index.ts";
import { indexRecords } from "./index-records.ts";
import { type MarkerDeps, putSearchMarker } from "./search-markers.ts";
import { writeEntries } from "./write-entries.ts";

export interface RebuiltIndex {
  /** Records whose entries were not all there. */
  mended: number;
  /** Entries that belonged to nothing. */
  removed: number;
}

/**
 * Makes the index whole, beside the projector and while people search: what is missing comes first, so nothing that is found
 * is lost in between; what is too much goes last. It may be stopped and begun again at any time.
 */
export async function rebuildIndex(states: AsyncIterable<IndexedState>, deps: MarkerDeps): Promise<RebuiltIndex> {
  let [mended, removed] = [0, 0];
  for await (const outdated of batched(outdatedRecords(states, deps), 100)) {
    mended += outdated.length;
    // A marker of the same version that tells of something else was made by another way of folding.
    const refolded = outdated.filter(({ state, marker }) => marker?.version === state.version);
    for (const { state, marker } of refolded) await rename(state, marker, deps);
    await indexRecords(
      outdated.map(({ state }) => state),
      deps,
    );
  }
  for await (const strays of batched(strayEntries(deps), 100)) {
    removed += strays.length;
    await writeEntries(deleteRequests(strays), deps);
  }
  return { mended, removed };
}

async function rename(state: IndexedState, before: Outdated["marker"], { table }: MarkerDeps): Promise<void> {
  const after = { version: state.version, states: [state] };
  const outcome = await transact(table, [putSearchMarker(table, state.id, { before, after })]);
  if (outcome.kind !== "committed" && outcome.kind !== "refused") throw causeOf(outcome);
}
