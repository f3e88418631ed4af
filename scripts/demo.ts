import { setTimeout as pause } from "node:timers/promises";
import { type Client, createClient } from "@shangji/client";
import { demoPipeline, importDemoData } from "./imports/demo-data.ts";
import type { Import } from "./imports/run-import.ts";
import { funnelChart, kpiLines } from "./imports/show-funnel.ts";
import { apiAccess } from "./stack.ts";

const patienceMilliseconds = 5 * 60_000;

// Imports a folder of real deals through the API, waits until they are counted and shows them: npm run demo -- DIR
try {
  const [folder, ...rest] = process.argv.slice(2);
  if (!folder || rest.length > 0) throw new Error("Usage: npm run demo -- DIR");
  const client = createClient(await apiAccess());
  const pipeline = await demoPipeline(client);
  const last = await importDemoData(client, folder, pipeline);
  const { funnel, kpis } = await caughtUp(client, pipeline.id, last);
  console.log(`\n${pipeline.name.en} funnel, all time`);
  console.log(funnelChart(funnel));
  console.log("\nKPIs, all time");
  console.log(kpiLines(kpis));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/**
 * Asks until the aggregates have counted everything that the import has written. Whether a change has been counted is told only
 * by the instant that they stand at; a new deal is told by its being there.
 */
async function caughtUp(client: Client, pipelineId: string, last: Import) {
  const { created, updated, skipped } = last.counts;
  const finishedAt = last.finishedAt ?? "";
  const imported = created + updated + skipped;
  let seen = "";
  let until = 0;
  for (;;) {
    const [kpis, { groups }] = await Promise.all([
      client.call("getKpis", { query: {} }),
      client.call("getFunnel", { query: { pipelineId } }),
    ]);
    const [funnel] = groups;
    const counted = funnel ? funnel.open + funnel.won + funnel.lost : 0;
    if (funnel && kpis.asOf >= finishedAt && counted >= imported) return { funnel, kpis };
    // Once all of the import has been come to, only a new deal is a step further.
    const state = `${counted} ${kpis.asOf < finishedAt ? kpis.asOf : ""}`;
    if (state !== seen) until = Date.now() + patienceMilliseconds;
    seen = state;
    if (Date.now() > until)
      throw new Error(`For five minutes ${counted} of ${imported} deals are counted, as of ${kpis.asOf}.`);
    await pause(1_000);
  }
}
