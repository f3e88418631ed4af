import { duplicatePoliciesIn } from "@shangji/aws/dynamo/duplicates/policies";
import type { DuplicateRules } from "@shangji/contracts/duplicates/schemas";
import { defaultDuplicateRules, putDuplicatePolicy } from "@shangji/core/duplicates/policy";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { importWorld } from "@shangji/testing/imports/import-world";
import { testClock, testContext } from "@shangji/testing/world";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mergesWith, storesIn } from "../merges/world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

async function open(rules: Partial<DuplicateRules> = {}) {
  const table = await db.createTable();
  const context = testContext();
  const all = { ...defaultDuplicateRules, ...rules };
  await putDuplicatePolicy(
    { rules: all, expectedVersion: 0 },
    { policies: duplicatePoliciesIn(table, testClock()), context },
  );
  return { ...importWorld(table), table, context };
}

const known = "externalId,name,phone\nA1,华为技术有限公司,021 5555 0101\n";
const rows = "externalId,name,phone\nA2,华为技术,\nA3,Other,+86 21 55550101\nA4,New,\nA1,华为技术有限公司,\n";
const refusing = { account: { name: "refuse", phone: "refuse" } } as const;

test("A5 an import counts rows that look like other records, before it is made and as it is", async () => {
  const world = await open();
  await world.import("accounts", known);
  const counts = { rows: 4, created: 3, failed: 0, duplicates: 2 };
  expect((await world.import("accounts", rows, { dryRun: true })).counts).toMatchObject(counts);
  expect((await world.import("accounts", rows)).counts).toMatchObject(counts);
});

test("A5 where duplicates are refused, rows that are some fail and say of whom", async () => {
  const world = await open(refusing);
  await world.import("accounts", known);
  for (const dryRun of [true, false]) {
    const result = await world.import("accounts", rows, { dryRun });
    expect(result.counts).toMatchObject({ rows: 4, created: 1, failed: 2, duplicates: 2 });
    expect(result.errors.slice(1)).toEqual([
      expect.stringMatching(/^A2,.*looks like acc_\w+, which is there already \(same name\)/),
      expect.stringMatching(/^A3,.*\(same phone\)/),
    ]);
  }
});

test("A5 rows of one file are kept apart as records are, in a dry run too", async () => {
  const world = await open({ contact: { email: "refuse", phone: "allow" } });
  const twins = "name,email\nLi Lei,a@example.com\nLi Lei,A@example.com\nHan,b@example.com\n";
  for (const dryRun of [true, false]) {
    expect((await world.import("contacts", twins, { dryRun })).counts).toMatchObject({ created: 2, failed: 1 });
  }
});

test("A5 where duplicates are allowed, nothing is counted", async () => {
  const world = await open({ account: { name: "allow", phone: "allow" } });
  await world.import("accounts", known);
  expect((await world.import("accounts", rows)).counts).toMatchObject({ created: 3, duplicates: 0 });
});

test("A5 a row with the external id of a merged record changes the one that it was merged into", async () => {
  const world = await open();
  await world.import("accounts", "externalId,name\nA1,Winner\nA2,Loser\n");
  const stores = storesIn(world.table);
  const ids = await stores.accounts.findByUnique("externalId", ["import#A1", "import#A2"]);
  const id = (value: string) => ({ id: ids.get(value) ?? "" });
  await mergesWith(stores, world.context).merge(id("import#A1"), id("import#A2"));
  const again = await world.import("accounts", "externalId,name,region\nA2,Winner,East\n");
  expect(again.counts).toMatchObject({ updated: 1, created: 0, failed: 0 });
  expect(await stores.accounts.get(id("import#A1").id)).toMatchObject({ region: "East" });
});
