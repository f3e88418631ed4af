import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flood } from "./flood.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

test("B3 of 2,000 leads, 64 at once and some told of twice, each is given once, in turn, to nobody who is away or has enough", async () => {
  const { faults } = await flood(await db.createTable({ indexes: false }), 2_000);
  expect(faults).toEqual([]);
}, 900_000);
