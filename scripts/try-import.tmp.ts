import { readFileSync } from "node:fs";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import { ImportMapping } from "@shangji/contracts/imports/schemas";
import { NewPipeline } from "@shangji/contracts/pipelines/schemas";
import { createPipeline } from "@shangji/core/pipelines/create-pipeline";
import { startDynamoDb } from "@shangji/testing/dynamodb";
import { importWorld } from "@shangji/testing/imports/import-world";
import { testContext } from "@shangji/testing/world";

const db = await startDynamoDb();
const table = await db.createTable();
const world = importWorld(table);
let n = 0;
await createPipeline(
  NewPipeline.parse({
    name: { en: "Sales" },
    isDefault: true,
    stages: [
      { name: { en: "Prospecting" }, type: "open" },
      { name: { en: "Engaging" }, type: "open" },
      { name: { en: "Won" }, type: "won" },
      { name: { en: "Lost" }, type: "lost" },
    ],
  }),
  {
    pipelines: pipelinesIn(table, world.clock),
    stageIds: () => `stg_${String(n++).padStart(10, "0")}`,
    context: testContext(),
  },
);
const dir = "/work/shared/data/crm-maven/";
const files = [
  ["users", "sales_teams"],
  ["accounts", "accounts"],
  ["products", "products"],
  ["opportunities", "sales_pipeline"],
] as const;
for (let round = 0; round < 1; round++)
  for (const [entity, file] of files) {
    const mapping = ImportMapping.parse(
      JSON.parse(readFileSync(`/work/main/scripts/mappings/crm-maven/${entity}.json`, "utf8")),
    );
    const t = performance.now();
    const r = await world.import(entity, readFileSync(`${dir}${file}.csv`), { mapping });
    const ms = performance.now() - t;
    console.log(
      entity,
      r.status,
      r.problem,
      JSON.stringify(r.counts),
      Math.round(ms),
      "ms",
      Math.round((r.counts.rows / ms) * 1000),
      "rows/s",
      r.errors.slice(0, 3),
    );
  }
await db.stop();
