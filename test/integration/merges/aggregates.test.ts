import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { checkAggregates } from "@shangji/aws/dynamo/analytics/check";
import { OpenJournals } from "@shangji/aws/dynamo/analytics/open-journals";
import { projectBatch } from "@shangji/aws/dynamo/analytics/projector";
import { recordOf } from "@shangji/aws/dynamo/kit/record-store";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { OpportunityFactsSource } from "@shangji/core/analytics/facts";
import { factsSourceOf } from "@shangji/core/analytics/facts-source";
import { deleteOpportunity } from "@shangji/core/opportunities/delete-opportunity";
import { restoreOpportunity } from "@shangji/core/opportunities/restore-opportunity";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mergeWorld } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

test("F6 the aggregates equal a full count after a deletion and its restoration, a merge and its reversal", async () => {
  const table = await db.createTable();
  const { deps, pipeline, clock, account, deal, merge, undo, run } = await mergeWorld(table);
  let ids = 0;
  const projector = {
    table,
    clock,
    open: new OpenJournals(),
    pipelineStages: async () => pipeline.stages,
    newId: () => `journal-${++ids}`,
    random: () => 0.5,
    pause: async () => undefined,
  };
  const read = async () => {
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name, ConsistentRead: true }));
    const deals = Items.filter((item) => item.__edb_e__ === "opportunity");
    return deals.map((item) => factsSourceOf(recordOf(item) as unknown as Opportunity, "UTC"));
  };
  async function* each(sources: readonly OpportunityFactsSource[]) {
    yield* sources;
  }
  const check = async () => (await checkAggregates(each(await read()), [pipeline.id], projector)).differences;
  /** What has changed since the last count is seen as a difference, and counted there is none. */
  const expectCounted = async () => {
    expect(await check()).not.toEqual([]);
    const { failures } = await projectBatch(await read(), projector, { more: false });
    expect(failures).toEqual([]);
    expect(await check()).toEqual([]);
  };
  const [winner, loser] = [await account({ industry: "retail" }), await account({ industry: "software" })];
  const deals = [await deal(loser.id), await deal(loser.id), await deal(winner.id)];
  await expectCounted();
  await deleteOpportunity({ id: deals[0]?.id ?? "" }, deps);
  await expectCounted();
  await restoreOpportunity({ id: deals[0]?.id ?? "" }, deps);
  await expectCounted();
  const made = await merge(winner, loser);
  await run(made.id);
  await expectCounted();
  await undo(made);
  await run(made.id);
  await expectCounted();
});
