import { startDynamoDb } from "@shangji/testing/dynamodb";
import { createItem } from "@shangji/aws/dynamo/kit/record-store";
import { takeValue } from "@shangji/aws/dynamo/kit/unique-values";
import { importShapes } from "@shangji/aws/imports/shapes";
import { TransactWriteCommand, PutCommand, BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { javaCpu } from "./cpu.tmp.ts";
const db = await startDynamoDb();
const table = await db.createTable();
let n = 0;
const rec = () => { const i = n++; return { id: `opp_${String(i).padStart(26, "0")}`, name: `Deal ${i}`, ownerId: `usr_${i % 30}`, teamId: `team_${i % 6}`, accountId: `acc_${i % 85}`, productIds: ["prd_1"], pipelineId: "pip_1", pipelineVersion: 1, stageId: `stg_${i % 4}`, status: "won", amountMinor: 100, currency: "USD", baseAmountMinor: 100, tags: [], externalId: { source: "import", id: `X${i}` }, history: [{ stageId: "stg_1", enteredAt: "2017-01-01T00:00:00.000Z", exitedAt: "2017-02-01T00:00:00.000Z" }, { stageId: "stg_2", enteredAt: "2017-02-01T00:00:00.000Z" }], version: 1, createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z", change: { actorId: "u", at: "2026", command: "importRow", source: "import", requestId: "imp/" + i } } as never };
const shape = importShapes.opportunity;
const items = () => { const r = rec() as any; return [createItem(table, shape, r), ...shape.uniques!(r).map((u) => takeValue(table, "opportunity", u, r.id))]; };
async function bench(name: string, rows: number, per: number, conc: number, send: (its: any[]) => Promise<unknown>) {
  const t = performance.now(); const c = javaCpu(); let left = rows;
  await Promise.all(Array.from({ length: conc }, async () => { while (left > 0) { left -= per; await send(Array.from({ length: per }, items).flat()); } }));
  console.log(name, per, conc, Math.round(rows / (performance.now() - t) * 1000), "rows/s", ((javaCpu() - c) / rows).toFixed(2), "ms cpu/row");
}
const tx = (its: any[]) => table.client.send(new TransactWriteCommand({ TransactItems: its }));
await bench("warm", 2000, 50, 2, tx);
for (const [per, conc] of [[50, 1], [50, 2], [50, 4], [50, 16], [25,4], [10, 4], [50,1]] as const) await bench("tx", 2000, per, conc, tx);
await bench("put+put", 1000, 1, 2, async (its) => { for (const i of its) await table.client.send(new PutCommand(i.Put)); });
await bench("put only", 1000, 1, 2, async (its) => { await table.client.send(new PutCommand(its[0].Put)); });
await bench("sentinel only", 1000, 1, 2, async (its) => { await table.client.send(new PutCommand(its[1].Put)); });
await db.stop();
