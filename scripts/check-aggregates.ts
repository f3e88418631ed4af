import { checkAggregates } from "@shangji/aws/dynamo/analytics/check";
import { projectorDepsFor } from "@shangji/aws/dynamo/analytics/open-projector";
import { opportunityShape } from "@shangji/aws/dynamo/opportunities/opportunities";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import { factsSourceOf } from "@shangji/core/analytics/facts-source";
import { systemClock } from "@shangji/lambda/settings";
import { scanRecords } from "./local/scan-records.ts";
import { localTable, localTotalsTable } from "./local/seed.ts";
import { readStack } from "./stack.ts";

// Recomputes every aggregate from the stored opportunities and compares; ends with 1 when anything differs.
try {
  const { store } = await readStack();
  const table = localTable(store);
  const pipelines = await pipelinesIn(table, systemClock).all();
  const { records, cells, differences, failures } = await checkAggregates(
    factsOf(),
    pipelines.map((pipeline) => pipeline.id),
    projectorDepsFor({ totals: localTotalsTable(store), records: table }, systemClock),
  );
  for (const difference of differences.slice(0, 20)) console.log(JSON.stringify(difference));
  for (const failure of failures.slice(0, 20)) console.log(`${failure.id} cannot be read: ${failure.error}`);
  console.log(`${records} opportunities, ${cells} cells: ${differences.length} differences`);
  process.exitCode = differences.length + failures.length > 0 ? 1 : 0;

  async function* factsOf() {
    for await (const opportunity of scanRecords(table, opportunityShape)) yield factsSourceOf(opportunity, store.zone);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
