import { readCheckpoint } from "@shangji/aws/dynamo/analytics/checkpoint";
import { listHeads } from "@shangji/aws/dynamo/analytics/journal";
import { OpenJournals } from "@shangji/aws/dynamo/analytics/open-journals";
import { queryAll } from "@shangji/aws/dynamo/analytics/query-all";
import { totalsTableDefinition } from "@shangji/aws/dynamo/analytics/totals-table";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import type { StreamRecord } from "@shangji/lambda/stream-handler";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { testStages } from "@shangji/testing/opportunity-images";
import { testClock } from "@shangji/testing/world";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { projectChanges } from "../../functions/analytics/project-changes.ts";

const written = "2026-11-02T08:00:00.000Z";
let engine: DynamoDb;
/** Of the totals, and of the records whose stream the projector follows. */
let table: Table;
let records: Table;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  table = await engine.createTable({ definition: totalsTableDefinition });
  records = await engine.createTable({ indexes: false });
});

/** One process of the projector. */
function projector() {
  let ids = 0;
  const deps = {
    ...{ table, clock: testClock(), open: new OpenJournals() },
    pipelineStages: async () => testStages,
    newId: () => `journal-${++ids}`,
    random: () => 0.5,
    pause: async () => undefined,
  };
  return (batch: StreamRecord[]) => projectChanges(batch, { zone: "UTC", table: records, deps });
}

function record(after: Record<string, unknown>, sequenceNumber: string): StreamRecord {
  return { sequenceNumber, at: new Date(written), before: undefined, after };
}

/** As many new opportunities as a batch of the stream holds. */
const fullBatch = () =>
  Array.from({ length: 1_000 }, (_, index) => {
    const stageId = testStages[0]?.id;
    const own = { id: `opp_${index}`, version: 1, pipelineId: "pip_1", pipelineVersion: 1, stageId, status: "open" };
    const stamps = { createdAt: written, updatedAt: written, history: [{ stageId, enteredAt: written }] };
    return record({ ...own, ...stamps, productIds: [], baseAmountMinor: 100, __edb_e__: "opportunity" }, String(index));
  });

const heartbeat = async () => {
  const [item] = await queryAll(records, { pk: "heartbeat" });
  return item && record(item, "9999");
};
const cells = () => queryAll(table, { pk: "agg#1#kpi#team" });

it("a full batch is applied by the next one, which its own heartbeat brings; until then analytics do not claim it", async () => {
  const project = projector();
  expect(await project(fullBatch())).toEqual([]);
  expect(await cells()).toEqual([]);
  expect(await readCheckpoint(table)).toBeUndefined();
  const beat = await heartbeat();
  expect(beat).toBeDefined();
  if (beat) expect(await project([beat])).toEqual([]);
  expect(await cells()).toMatchObject([{ open: 1_000 }]);
  expect(await listHeads(table, "1")).toEqual([]);
  expect((await readCheckpoint(table))?.lastRecordAt).toBe(beat?.after?.at);
});

it("what a process has taken with it is applied by the one that gets its heartbeat, before analytics claim it", async () => {
  await projector()(fullBatch());
  const beat = await heartbeat();
  if (beat) await projector()([beat]);
  expect(await listHeads(table, "1")).toEqual([]);
  expect(await cells()).toMatchObject([{ open: 1_000 }]);
  expect((await readCheckpoint(table))?.lastRecordAt).toBe(beat?.after?.at);
});
