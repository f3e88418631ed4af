import { dropZeros, type Fold } from "@shangji/core/analytics/cells";
import { type Difference, differences } from "@shangji/core/analytics/compare-folds";
import type { OpportunityFactsSource } from "@shangji/core/analytics/facts";
import { addChange, latestImages, type ProjectionFailure, stageLookup } from "./changes.ts";
import { readEpochs } from "./epochs.ts";
import type { ProjectorDeps } from "./projector-deps.ts";
import { batched } from "./rebuild.ts";
import { storedCells } from "./stored-cells.ts";

export interface CheckResult {
  records: number;
  cells: number;
  differences: Difference[];
  failures: ProjectionFailure[];
}

const recordsPerBatch = 1_000;

/**
 * Counts everything from the source and compares it with what is stored, counter by counter. It holds all cells in
 * memory, and is meant for a store that is at rest: changes on their way show as differences.
 */
export async function checkAggregates(
  sources: AsyncIterable<OpportunityFactsSource>,
  pipelineIds: Iterable<string>,
  deps: Pick<ProjectorDeps, "table" | "pipelineStages">,
): Promise<CheckResult> {
  const failures: ProjectionFailure[] = [];
  const expected: Fold = new Map();
  let records = 0;
  for await (const batch of batched(sources, recordsPerBatch)) {
    records += batch.length;
    const changes = latestImages(batch, failures).map((after) => ({ id: after.id, before: undefined, after }));
    const stagesOf = await stageLookup(changes, deps);
    for (const change of changes) addChange(expected, change, { stagesOf, failures });
  }
  dropZeros(expected);
  const { current } = await readEpochs(deps.table);
  const actual = await storedCells(deps.table, current, pipelineIds);
  return { records, cells: expected.size, differences: differences(expected, actual), failures };
}
