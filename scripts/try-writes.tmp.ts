import { BatchWriteCommand, PutCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { createItem } from "@shangji/aws/dynamo/kit/record-store";
import { takeValue } from "@shangji/aws/dynamo/kit/unique-values";
import { importShapes } from "@shangji/aws/imports/shapes";
import { startDynamoDb } from "@shangji/testing/dynamodb";

const db = await startDynamoDb();
const table = await db.createTable();
let n = 0;
const rec = () => {
  const i = n++;
  return {
    id: `opp_${String(i).padStart(26, "0")}`,
    name: `Deal ${i}`,
    ownerId: `usr_${i % 30}`,
    teamId: `team_${i % 6}`,
    accountId: `acc_${i % 85}`,
    productIds: ["prd_1"],
    pipelineId: "pip_1",
    pipelineVersion: 1,
    stageId: `stg_${i % 4}`,
    status: "won",
    amountMinor: 100,
    currency: "USD",
    baseAmountMinor: 100,
    tags: [],
    externalId: { source: "import", id: `X${i}` },
    history: [
      { stageId: "stg_1", enteredAt: "2017-01-01T00:00:00.000Z", exitedAt: "2017-02-01T00:00:00.000Z" },
      { stageId: "stg_2", enteredAt: "2017-02-01T00:00:00.000Z" },
    ],
    version: 1,
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:00.000Z",
    change: { actorId: "u", at: "2026", command: "importRow", source: "import", requestId: "imp/" + i },
  } as never;
};
const shape = importShapes.opportunity;
const items = () => {
  const r = rec() as any;
  return [createItem(table, shape, r), ...shape.uniques!(r).map((u) => takeValue(table, "opportunity", u, r.id))];
};
async function bench(name: string, rows: number, per: number, conc: number, send: (its: any[]) => Promise<unknown>) {
  const t = performance.now();
  let left = rows;
  await Promise.all(
    Array.from({ length: conc }, async () => {
      while (left > 0) {
        left -= per;
        await send(Array.from({ length: per }, items).flat());
      }
    }),
  );
  console.log(name, per, conc, Math.round((rows / (performance.now() - t)) * 1000), "rows/s");
}
const tx = (its: any[]) => table.client.send(new TransactWriteCommand({ TransactItems: its }));
await bench("warm", 1000, 10, 4, tx);
for (const [per, conc] of [
  [1, 4],
  [1, 16],
  [5, 4],
  [10, 4],
  [25, 1],
  [25, 4],
  [50, 1],
  [50, 4],
] as const)
  await bench("tx", 1000, per, conc, tx);
for (const conc of [1, 4, 16])
  await bench("put+put", 1000, 1, conc, async (its) => {
    for (const i of its) await table.client.send(new PutCommand(i.Put));
  });
for (const conc of [1, 4])
  await bench("batch", 1000, 12, conc, (its) =>
    table.client.send(
      new BatchWriteCommand({ RequestItems: { [table.name]: its.map((i) => ({ PutRequest: { Item: i.Put.Item } })) } }),
    ),
  );
await db.stop();
