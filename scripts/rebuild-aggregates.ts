import { projectorDepsFor } from "@shangji/aws/dynamo/analytics/open-projector";
import { rebuild, removeEpoch } from "@shangji/aws/dynamo/analytics/rebuild";
import { opportunityShape } from "@shangji/aws/dynamo/opportunities/opportunities";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import { factsSourceOf } from "@shangji/core/analytics/facts-source";
import { systemClock } from "@shangji/lambda/settings";
import { scanRecords } from "./local/scan-records.ts";
import { localTable, localTotalsTable } from "./local/seed.ts";
import { readStack } from "./stack.ts";

// Counts every aggregate anew from the stored opportunities, while everything goes on; readers go over when all is counted.
try {
  const { store } = await readStack();
  const table = localTable(store);
  const deps = projectorDepsFor({ totals: localTotalsTable(store), records: table }, systemClock);
  const { previous, records, failures } = await rebuild(facts, deps);
  const pipelineIds = (await pipelinesIn(table, systemClock).all()).map(({ id }) => id);
  await removeEpoch(previous, { pipelineIds, opportunityIds: ids() }, deps);
  for (const failure of failures.slice(0, 20)) console.log(`${failure.id} cannot be read: ${failure.error}`);
  console.log(`${records} opportunities counted anew`);
  process.exitCode = failures.length > 0 ? 1 : 0;

  async function* facts() {
    for await (const opportunity of scanRecords(table, opportunityShape)) yield factsSourceOf(opportunity, store.zone);
  }
  async function* ids() {
    for await (const { id } of scanRecords(table, opportunityShape)) yield id;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
