import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { budgetStoreIn } from "@shangji/aws/dynamo/limits/budgets";
import { slicedBudgets } from "@shangji/core/limits/sliced-budgets";
import { budgetStoreConformance } from "@shangji/testing/budget-store-conformance";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { testClock } from "@shangji/testing/world";
import { afterAll, beforeAll, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

/** However slow the machine. */
const patient = { longestWaitMs: 60_000 };
const openStore = async () => budgetStoreIn(await db.createTable({ indexes: false }), patient);

budgetStoreConformance("budgets in DynamoDB", openStore);

test("an item of a minute goes by itself, and is no record to the readers of the stream", async () => {
  const table = await db.createTable({ indexes: false });
  const minute = Math.floor(Date.parse("2026-11-02T08:30:00.000Z") / 60_000);
  await budgetStoreIn(table, patient).reserve({ callerId: "svc_1", minute, limit: 10 }, { wanted: 4, needed: 1 });
  const Key = { pk: "budget#svc_1", sk: `minute#${minute}` };
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key }));
  expect(Item).toEqual({ ...Key, reserved: 4, ttl: minute * 60 + 3_600 });
});

test("processes that share a budget grant no more than it in a minute, and it is whole in the next one", async () => {
  const store = await openStore();
  const clock = testClock();
  const processes = Array.from({ length: 4 }, () => slicedBudgets(store, clock));
  const caller = { callerId: "svc_1", limit: 90 };
  const askAll = async () => {
    const answers = await Promise.all(Array.from({ length: 120 }, (_, turn) => processes[turn % 4]?.charge(caller, 1)));
    return answers.filter((standing) => standing?.isGranted).length;
  };
  expect(await askAll()).toBe(90);
  clock.advance(60_000);
  expect(await askAll()).toBe(90);
});
