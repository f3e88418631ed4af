import type { OpportunityFactsSource } from "@shangji/core/analytics/facts";
import { applyAbandonedJournals } from "./apply-journal.ts";
import { latestImages, type ProjectionFailure } from "./changes.ts";
import { abandonEpoch, beginEpoch, readEpochs, switchEpoch } from "./epochs.ts";
import { markerKey } from "./markers.ts";
import { OpenJournals } from "./open-journals.ts";
import { projectInto } from "./projector.ts";
import type { ProjectorDeps } from "./projector-deps.ts";
import { queryAll } from "./query-all.ts";
import { partitionsOf } from "./stored-cells.ts";
import { deleteRequests, writeAll } from "./write-all.ts";
import { applyOpenJournals } from "./write-journal.ts";

/** Records that are folded together: enough to share cells, few enough to be held in memory. */
const recordsPerFold = 2_000;

export interface Rebuilt {
  epoch: string;
  /** The epoch that was read before; `removeEpoch` deletes it. */
  previous: string;
  records: number;
  failures: ProjectionFailure[];
}

/**
 * Counts everything anew in a new epoch and lets the readers go over to it, without a pause: from the first step on the
 * projector counts changes in both. `sources` is called after that step and must read consistently, so that a change
 * is either in what it reads or still on its way to the projector.
 */
export async function rebuild(
  sources: () => AsyncIterable<OpportunityFactsSource>,
  deps: ProjectorDeps,
): Promise<Rebuilt> {
  const { current: previous } = await readEpochs(deps.table);
  const epoch = deps.newId();
  await beginEpoch(deps.table, epoch);
  try {
    const counted = await countAll(epoch, sources(), { open: new OpenJournals(), ...deps });
    await applyAbandonedJournals(epoch, { olderThan: deps.clock.now() }, deps);
    await switchEpoch(deps.table, epoch);
    return { epoch, previous, ...counted };
  } catch (error) {
    await abandonEpoch(deps.table, epoch);
    throw error;
  }
}

/** Counts what is not counted yet in an epoch. */
export async function countAll(epoch: string, sources: AsyncIterable<OpportunityFactsSource>, deps: ProjectorDeps) {
  const failures: ProjectionFailure[] = [];
  let records = 0;
  for await (const batch of batched(sources, recordsPerFold)) {
    records += batch.length;
    failures.push(...(await projectInto(epoch, latestImages(batch, failures), deps, { more: true })));
  }
  await applyOpenJournals(epoch, deps);
  return { records, failures };
}

/** Deletes the cells of an epoch that is no longer used, and the markers of the given records. @throws Error when it is used */
export async function removeEpoch(
  epoch: string,
  of: { pipelineIds: Iterable<string>; opportunityIds: AsyncIterable<string> },
  deps: Pick<ProjectorDeps, "table" | "pause">,
): Promise<void> {
  const used = await readEpochs(deps.table);
  if (used.current === epoch || used.next === epoch) throw new Error(`epoch ${epoch} is in use`);
  for (const { pk } of partitionsOf(epoch, of.pipelineIds)) {
    const keys = (await queryAll(deps.table, { pk })).map(({ sk }) => ({ pk, sk: String(sk) }));
    await writeAll(deps, deleteRequests(keys));
  }
  for await (const ids of batched(of.opportunityIds, recordsPerFold)) {
    await writeAll(deps, deleteRequests(ids.map((id) => markerKey(epoch, id))));
  }
}

/** Cuts a stream into batches. */
export async function* batched<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
