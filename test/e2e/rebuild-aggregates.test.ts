import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { cellPartition } from "@shangji/aws/dynamo/analytics/cell-items";
import { readEpochs } from "@shangji/aws/dynamo/analytics/epochs";
import { queryAll } from "@shangji/aws/dynamo/analytics/query-all";
import { funnelCube } from "@shangji/core/analytics/cells";
import { expect, inject, test } from "vitest";
import { localTotalsTable } from "../../scripts/local/seed.ts";
import { clientOf, eventually, makePipeline } from "./api.ts";

const admin = clientOf("admin");
const root = join(import.meta.dirname, "..", "..");
const totals = localTotalsTable(inject("stack").store);

/** What a script prints, whatever it ends with. */
async function said(script: string): Promise<string> {
  const run = promisify(execFile)(process.execPath, [join(root, "scripts", script)], {
    cwd: root,
    env: { ...process.env, SHANGJI_STACK_JSON: JSON.stringify(inject("stack")) },
  });
  return (await run.catch((error: { stdout: string }) => error)).stdout;
}

test("F6 aggregates that are wrong are found by a recompute and mended by a rebuild, and nothing is left of the wrong ones", async () => {
  const pipeline = await makePipeline(admin);
  for (const amountMinor of [100, 200, 300]) {
    await admin.call("createOpportunity", { body: { name: "重算", pipelineId: pipeline.id, amountMinor } });
  }
  const funnel = async () => (await admin.call("getFunnel", { query: { pipelineId: pipeline.id } })).groups;
  const right = await eventually(funnel, ([group]) => group?.open === 3);

  const { current } = await readEpochs(totals);
  const pk = cellPartition(current, funnelCube(pipeline.id), "team");
  for (const { sk } of await queryAll(totals, { pk })) {
    await totals.client.send(
      new UpdateCommand({
        TableName: totals.name,
        Key: { pk, sk },
        UpdateExpression: "ADD #open :one",
        ExpressionAttributeNames: { "#open": "open" },
        ExpressionAttributeValues: { ":one": 1 },
      }),
    );
  }
  expect(await funnel()).not.toEqual(right);
  expect(await said("check-aggregates.ts")).toMatch(/\b[1-9]\d* differences\b/);

  expect(await said("rebuild-aggregates.ts")).toMatch(/^[1-9]\d* opportunities counted anew\n$/);
  expect(await said("check-aggregates.ts")).toMatch(/\b0 differences\b/);
  // Readers look for another generation every few seconds.
  expect(await eventually(funnel, ([group]) => group?.open === 3)).toEqual(right);
  expect(await queryAll(totals, { pk })).toEqual([]);
});
