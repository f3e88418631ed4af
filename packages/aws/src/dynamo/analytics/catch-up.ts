import type { OpportunityFactsSource } from "@shangji/core/analytics/facts";
import { applyAbandonedJournals } from "./apply-journal.ts";
import { readEpochs } from "./epochs.ts";
import { OpenJournals } from "./open-journals.ts";
import type { ProjectorDeps } from "./projector-deps.ts";
import { countAll } from "./rebuild.ts";

/**
 * Counts what is not counted yet in the epoch that is read: changes that were on their way to the projector when a backup was
 * made, whose stream is gone. Markers tell what is counted, so nothing is counted twice. Reads every record.
 */
export async function catchUp(sources: AsyncIterable<OpportunityFactsSource>, deps: ProjectorDeps): Promise<void> {
  const { current } = await readEpochs(deps.table);
  await applyAbandonedJournals(current, { olderThan: deps.clock.now() }, deps);
  await countAll(current, sources, { ...deps, open: new OpenJournals() });
}
