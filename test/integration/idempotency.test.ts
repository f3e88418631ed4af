import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Table } from "@shangji/aws";
import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { takenClaimsIn } from "@shangji/aws/dynamo/kit/taken-claims";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { pipelinesIn } from "@shangji/aws/dynamo/pipelines/pipelines";
import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import { importStoreIn } from "@shangji/aws/imports/import-store";
import type { Account } from "@shangji/contracts/accounts/schemas";
import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import { sampleOpportunity } from "@shangji/contracts/samples/records";
import { createImport } from "@shangji/core/imports/create-import";
import { resumeImport } from "@shangji/core/imports/resume-import";
import type { IdempotencyClaim } from "@shangji/core/kit/idempotency";
import { newRecord } from "@shangji/core/kit/new-record";
import { createPipeline } from "@shangji/core/pipelines/create-pipeline";
import { stageIds } from "@shangji/core/pipelines/stage-ids";
import { createNote } from "@shangji/core/timeline/create-note";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { memoryFiles } from "@shangji/testing/imports/memory-files";
import { testClock, testContext, testViewer } from "@shangji/testing/world";
import { afterAll, beforeAll, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const inProgress = { code: "idempotency_in_progress" };

async function world() {
  const table = await db.createTable();
  const clock = testClock();
  const claim: IdempotencyClaim = { key: "usr_1#operation#k", fingerprint: "f", at: clock.now() };
  const plain = testContext({ clock });
  return { table, clock, claim, plain, context: { ...plain, claim }, claims: takenClaimsIn(table) };
}

/** The same table, with what each request was and what it cost. */
function metered(table: Table) {
  const requests: { command: string; units: number }[] = [];
  const send = async (command: Parameters<Table["client"]["send"]>[0]) => {
    Object.assign(command.input, { ReturnConsumedCapacity: "TOTAL" });
    const answer = await table.client.send(command);
    const { ConsumedCapacity } = answer as {
      ConsumedCapacity?: { CapacityUnits: number } | { CapacityUnits: number }[];
    };
    const units = [ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
    requests.push({ command: command.constructor.name, units });
    return answer;
  };
  const client = new Proxy(table.client, {
    get: (target, property) => (property === "send" ? send : Reflect.get(target, property, target)),
  });
  return { table: { ...table, client }, requests };
}

test("a call without a key costs what it did: one put of 6 units for an opportunity; with one, a transaction", async () => {
  const { table, claim, claims, plain } = await world();
  const meter = metered(table);
  const store = opportunitiesIn(meter.table);
  const { id: _, accountId: __, externalId: ___, ...fields } = sampleOpportunity;
  const deal = () => newRecord<Opportunity>("opportunity", fields, { context: plain, command: "createOpportunity" });
  await store.create(deal());
  const claimed = deal();
  await store.create(claimed, claim);
  expect(meter.requests).toEqual([
    { command: "PutCommand", units: 6 },
    { command: "TransactWriteCommand", units: 14 },
  ]);
  expect(await claims.find(claim)).toMatchObject({ record: { id: claimed.id } });
});

test("a taken claim holds the record as it was written, to the letter, and its end in seconds", async () => {
  const { table, claim, claims, plain } = await world();
  const stamp = { context: plain, command: "test" };
  const account = newRecord<Account>(
    "account",
    { name: "华为", tags: ["b", "a"], externalId: { source: "z", id: "1" } },
    stamp,
  );
  await accountsIn(table).create(account, claim);
  const { change: _, ...shown } = account;
  const first = await claims.find(claim);
  expect(JSON.stringify(first)).toBe(JSON.stringify({ fingerprint: "f", record: shown }));
  const Key = { pk: "idempotency#usr_1#operation#k", sk: "idempotency" };
  const { Item } = await db.client.send(new GetCommand({ TableName: table.name, Key }));
  expect(Item?.ttl).toBe(Math.floor(claim.at.getTime() / 1000) + 24 * 60 * 60);
  // The readers of the stream tell records by this attribute.
  expect(Item).not.toHaveProperty("__edb_e__");
});

test("a claim that has expired is not found, though its item is still there", async () => {
  const { table, claim, claims, plain } = await world();
  await accountsIn(table).create(
    newRecord<Account>("account", { name: "A", tags: [] }, { context: plain, command: "test" }),
    claim,
  );
  const found = (at: string) => claims.find({ ...claim, at: new Date(at) });
  expect(await found("2026-11-03T08:29:59.999Z")).toBeDefined();
  expect(await found("2026-11-03T08:30:00.000Z")).toBeUndefined();
});

test("a pipeline is defined once for its claim, with its version", async () => {
  const { table, clock, context, claim, claims } = await world();
  const pipelines = pipelinesIn(table, clock);
  let next = 0;
  const deps = { pipelines, stageIds: stageIds(() => new Uint8Array(10).fill(next++ % 36)), context };
  const stages = (["open", "won", "lost"] as const).map((type) => ({ name: { en: type }, type }));
  const define = () => createPipeline({ name: { en: "Sales" }, stages, isDefault: true }, deps);
  const pipeline = await define();
  await expect(define()).rejects.toMatchObject(inProgress);
  expect(await pipelines.all()).toEqual([pipeline]);
  expect(await claims.find(claim)).toMatchObject({ record: { id: pipeline.id } });
});

test("a note is written once for its claim", async () => {
  const { table, context, plain, claim, claims } = await world();
  const account = newRecord<Account>("account", { name: "A", tags: [] }, { context: plain, command: "test" });
  await accountsIn(table).create(account);
  const timeline = timelineIn(table);
  const write = () =>
    createNote({ recordId: account.id, text: "下周签约" }, { timeline, context, viewer: testViewer() });
  const note = await write();
  await expect(write()).rejects.toMatchObject(inProgress);
  expect((await timeline.list(account.id, { limit: 10 }, undefined))?.items).toHaveLength(1);
  expect(await claims.find(claim)).toMatchObject({ record: { id: note.id, text: "下周签约" } });
});

test("an import is begun once for its claim; a repeat gets a link as long as its file is awaited", async () => {
  const { table, clock, context, claim, claims } = await world();
  const deps = { store: importStoreIn(table, clock), links: memoryFiles(), clock, viewer: testViewer() };
  const begin = () => createImport({ entity: "accounts", dryRun: false }, { ...deps, context });
  const begun = await begin();
  await expect(begin()).rejects.toMatchObject(inProgress);
  expect((await deps.store.list({ limit: 10 })).items).toHaveLength(1);
  const first = await claims.find(claim);
  if (!first?.record) throw new Error("the claim was taken");
  expect(await resumeImport(first.record, deps)).toMatchObject({ id: begun.id, uploadUrl: expect.any(String) });
  await deps.store.begin(begun.id, clock.now().toISOString());
  const running = await resumeImport(first.record, deps);
  expect(running).toMatchObject({ id: begun.id, status: "running" });
  expect(running).not.toHaveProperty("uploadUrl");
});
