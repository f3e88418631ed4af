import { accountShape } from "@shangji/aws/dynamo/accounts/accounts";
import { recountHeld } from "@shangji/aws/dynamo/assignment/count-held";
import { jitteredPause } from "@shangji/aws/dynamo/kit/attempts";
import { leadShape } from "@shangji/aws/dynamo/leads/leads";
import { opportunityShape } from "@shangji/aws/dynamo/opportunities/opportunities";
import { recountWon } from "@shangji/aws/dynamo/pools/count-won";
import type { PoolEntity } from "@shangji/contracts/pools/schemas";
import { openHolder } from "@shangji/core/assignment/open-holder";
import type { Stored } from "@shangji/core/kit/record";
import { customerOf } from "@shangji/core/pools/won-deal";
import { systemClock } from "@shangji/lambda/settings";
import { scanRecords } from "./local/scan-records.ts";
import { localTable } from "./local/seed.ts";
import { readStack } from "./stack.ts";

// Counts everybody's open leads and accounts as they are, and with which accounts deals are won, while everything goes on.
try {
  const { store } = await readStack();
  const table = localTable(store);
  const deps = { table, clock: systemClock, pause: jitteredPause() };
  const leads = await recountHeld(held("lead", scanRecords(table, leadShape)), deps);
  console.log(`${leads} leads were not counted for whom they are open`);
  const accounts = await recountHeld(held("account", scanRecords(table, accountShape)), deps);
  console.log(`${accounts} accounts were not counted for who has them`);
  const deals = await recountWon(won(), deps);
  console.log(`${deals} opportunities were not counted as won with their accounts, or as not won`);

  async function* held(entity: PoolEntity, records: AsyncIterable<Stored<{ id: string; version: number }>>) {
    for await (const record of records) {
      const { id, version } = record;
      yield { entity, id, version, userId: openHolder({ ...record }) };
    }
  }

  async function* won() {
    for await (const deal of scanRecords(table, opportunityShape)) {
      yield { dealId: deal.id, version: deal.version, accountId: customerOf({ ...deal }) };
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
