import { recountLeads } from "@shangji/aws/dynamo/assignment/count-leads";
import { jitteredPause } from "@shangji/aws/dynamo/kit/attempts";
import { leadShape } from "@shangji/aws/dynamo/leads/leads";
import { openHolder } from "@shangji/core/assignment/open-holder";
import { systemClock } from "@shangji/lambda/settings";
import { scanRecords } from "./local/scan-records.ts";
import { localTable } from "./local/seed.ts";
import { readStack } from "./stack.ts";

// Counts everybody's open leads as they are, while everything goes on.
try {
  const { store } = await readStack();
  const table = localTable(store);
  const mended = await recountLeads(held(), { table, clock: systemClock, pause: jitteredPause() });
  console.log(`${mended} leads were not counted for whom they are open`);

  async function* held() {
    for await (const lead of scanRecords(table, leadShape)) {
      yield { leadId: lead.id, version: lead.version, userId: openHolder({ ...lead }) };
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
