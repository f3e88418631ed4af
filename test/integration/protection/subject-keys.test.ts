import { subjectKeysIn } from "@shangji/aws/dynamo/protection/subject-keys";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const persons = Array.from({ length: 60 }, (_, index) => `con_${index}`);

test("persons who are met for the first time by many at once have one key each", async () => {
  const table = await db.createTable({ indexes: false });
  const met = await Promise.all(Array.from({ length: 6 }, () => subjectKeysIn(table).forSealing(persons)));
  expect([...(met[0]?.keys() ?? [])].sort()).toEqual([...persons].sort());
  for (const keys of met) expect(keys).toEqual(met[0]);
  expect(new Set(met[0]?.values()).size).toBe(persons.length);
  expect(await subjectKeysIn(table).forOpening(persons)).toEqual(met[0]);
});

test("whoever was erased has no key and gets none, and the others beside them have theirs", async () => {
  const table = await db.createTable({ indexes: false });
  await subjectKeysIn(table).erase("con_1", "2026-10-01T00:00:00.000Z");
  const keys = await subjectKeysIn(table).forSealing(["con_0", "con_1", "con_2"]);
  expect([...keys.keys()].sort()).toEqual(["con_0", "con_2"]);
  expect(await subjectKeysIn(table).forOpening(["con_1"])).toEqual(new Map());
});

test("whoever is erased while their key is made gets none", async () => {
  const table = await db.createTable({ indexes: false });
  const eraser = subjectKeysIn(table);
  const send = async (command: never) => {
    // Nobody has a key when they are looked up, and one is erased right after.
    const answer = await table.client.send(command);
    if (calls++ === 0) await eraser.erase("con_1", "2026-10-01T00:00:00.000Z");
    return answer;
  };
  let calls = 0;
  const client = { send } as unknown as typeof table.client; // all that is used of it
  const keys = await subjectKeysIn({ ...table, client }).forSealing(["con_0", "con_1"]);
  expect([...keys.keys()]).toEqual(["con_0"]);
  expect(await subjectKeysIn(table).forOpening(["con_1"])).toEqual(new Map());
});

test("a process that has met too many persons to remember takes none of them for erased", async () => {
  const table = await db.createTable({ indexes: false });
  const keys = subjectKeysIn(table, { mostRemembered: 2 });
  const first = await keys.forSealing(["con_0", "con_1", "con_2"]);
  expect(await keys.forSealing(["con_0", "con_1", "con_2"])).toEqual(first);
  const more = await keys.forSealing(["con_2", "con_3"]);
  expect(more.get("con_2")).toBe(first.get("con_2"));
  expect([...more.keys()]).toEqual(["con_2", "con_3"]);
});
