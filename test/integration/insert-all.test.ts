import { PutCommand, paginateScan, QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { auditTableDefinition } from "@shangji/aws/dynamo/audit/audit-table";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { InsertRefused, insertAll } from "@shangji/aws/dynamo/kit/insert-all";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type Fault, faults, faultyClient } from "@shangji/testing/faulty-client";
import { refusingTable } from "@shangji/testing/refusing-client";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const newTable = () => db.createTable({ definition: auditTableDefinition, indexes: false });
const item = <T extends object>(index: number, fields = {} as T) => ({ pk: `r${index}`, sk: "v1", ...fields });
const items = (count: number, fields = {}) => Array.from({ length: count }, (_, index) => item(index, fields));

async function stored({ name, client }: Table) {
  const found: Record<string, unknown>[] = [];
  for await (const page of paginateScan({ client }, { TableName: name, ConsistentRead: true })) {
    found.push(...(page.Items ?? []));
  }
  const items = found as { pk: string; by?: string; at?: number }[]; // as they are written here
  return items.sort((left, right) => Number(left.pk.slice(1)) - Number(right.pk.slice(1)));
}

/** Remembers pauses and makes none. */
function counted() {
  const pauses: number[] = [];
  return { pauses, pause: async (attempt: number) => void pauses.push(attempt) };
}

const withoutPause = { pause: async () => {} };

test("what is there stays as it is and is told of, and what is new beside it is put", async () => {
  const table = await newTable();
  expect(await insertAll(table, [item(1, { by: "first" }), item(3, { by: "first" })])).toEqual([]);
  const again = [0, 1, 2, 3].map((index) => item(index, { by: "second" }));
  expect(await insertAll(table, again)).toEqual([again[1], again[3]]);
  expect((await stored(table)).map(({ by }) => by)).toEqual(["second", "first", "second", "first"]);
});

test("of several items with one key the first is put, wherever the others stand", async () => {
  const table = await newTable();
  const batch = Array.from({ length: 60 }, (_, at) => item(at % 7, { at }));
  expect(await insertAll(table, batch)).toEqual([]);
  expect((await stored(table)).map(({ at }) => at)).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("keys whose halves look alike when they are joined are two", async () => {
  const table = await newTable();
  await insertAll(table, [
    { pk: "a#b", sk: "c" },
    { pk: "a", sk: "b#c" },
    { pk: "a", sk: 'b","c' },
  ]);
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
  expect(Items).toHaveLength(3);
});

test("an item is stored as a put stores it, whatever its names and values", async () => {
  const table = await newTable();
  const names = fc.constantFrom("it's", "''", "select", "a b", '"', "?", "商机", "}", "x");
  const values = [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)];
  const value = fc.anything({ values, key: names, maxDepth: 2 });
  let index = 0;
  await fc.assert(
    fc.asyncProperty(fc.dictionary(names, fc.option(value, { nil: undefined })), async (fields) => {
      const [inserted, put] = [item(index++, fields), item(index++, fields)];
      await insertAll(table, [inserted]);
      await table.client.send(new PutCommand({ TableName: table.name, Item: put }));
      const [left, right] = await Promise.all([inserted, put].map(({ pk }) => read(table, pk)));
      expect(left).toEqual({ ...right, pk: inserted.pk });
    }),
    { numRuns: 60 },
  );
});

async function read(table: Table, pk: string) {
  const values = { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": pk } };
  return (await table.client.send(new QueryCommand({ TableName: table.name, ...values }))).Items?.[0];
}

describe("a request", () => {
  test("has 25 statements at most, and names only in their text", async () => {
    const { table, requests } = refusingTable(await newTable(), () => undefined);
    await insertAll(table, items(60, { name: "王芳" }));
    expect(requests.map(({ length }) => length)).toEqual([25, 25, 10]);
    const [{ Statement } = {}] = requests[0] ?? [];
    expect(Statement).toBe(`INSERT INTO "${table.name}" VALUE {'pk': ?, 'sk': ?, 'name': ?}`);
  });

  test("has a megabyte at most, unless one item alone has more", async () => {
    const { table, requests } = refusingTable(await newTable(), () => undefined);
    const sizes = [300, 300, 300, 300, 390, 390, 390, 1, 1];
    await insertAll(
      table,
      // Letters of three bytes each.
      sizes.map((kilobytes, index) => item(index, { text: "商".repeat((kilobytes * 1000) / 3) })),
    );
    expect(requests.map(({ length }) => length)).toEqual([3, 2, 4]);
    expect(await stored(table)).toHaveLength(sizes.length);
  });

  test("goes beside three others and no more", async () => {
    const { table } = await newTable().then((real) => refusingTable(real, () => undefined));
    let [atOnce, most] = [0, 0];
    const send = async (command: never) => {
      most = Math.max(most, ++atOnce);
      try {
        return await table.client.send(command);
      } finally {
        atOnce--;
      }
    };
    const client = { send } as unknown as Table["client"]; // all that is used of it
    await insertAll({ ...table, client }, items(250));
    expect(most).toBe(4);
    expect(await stored(table)).toHaveLength(250);
  });
});

describe("a statement that is refused", () => {
  const passing = [
    "ThrottlingError",
    "ProvisionedThroughputExceeded",
    "RequestLimitExceeded",
    "InternalServerError",
    "TransactionConflict",
  ];
  test.each(passing)("for a while (%s) is tried again alone, after pauses", async (code) => {
    const tries = new Map<unknown, number>();
    const { table, requests } = refusingTable(await newTable(), ({ Parameters = [] }) => {
      const count = (tries.get(Parameters[0]) ?? 0) + 1;
      tries.set(Parameters[0], count);
      return ["r3", "r20"].includes(Parameters[0]) && count <= 2 ? code : undefined;
    });
    const { pauses, pause } = counted();
    expect(await insertAll(table, items(25), { pause })).toEqual([]);
    expect(requests.map(({ length }) => length)).toEqual([25, 2, 2]);
    expect(pauses).toEqual([1, 2]);
    expect(await stored(table)).toHaveLength(25);
  });

  test("again and again is given up, and the same batch is complete when it comes once more", async () => {
    let throttled = true;
    const { table, requests } = refusingTable(await newTable(), ({ Parameters = [] }) =>
      throttled && Parameters[0] === "r3" ? "ThrottlingError" : undefined,
    );
    const { pauses, pause } = counted();
    const refused = await insertAll(table, items(5), { pause }).catch((error: unknown) => error);
    expect(refused).toEqual(new InsertRefused("ThrottlingError"));
    expect(requests).toHaveLength(8);
    expect(pauses).toEqual([1, 2, 3, 4, 5, 6, 7]);
    throttled = false;
    expect((await insertAll(table, items(5), { pause })).map(({ pk }) => pk)).toEqual(["r0", "r1", "r2", "r4"]);
    expect(await stored(table)).toHaveLength(5);
  });

  const final = [
    "AccessDenied",
    "ConditionalCheckFailed",
    "ItemCollectionSizeLimitExceeded",
    "ResourceNotFound",
    "ValidationError",
    "SomethingNew",
  ];
  test.each(final)("for good (%s) is an error at once, without a word of its values", async (code) => {
    const { table, requests } = refusingTable(await newTable(), ({ Parameters = [] }) =>
      Parameters[0] === "r1" ? code : Parameters[0] === "r2" ? "ThrottlingError" : undefined,
    );
    await expect(insertAll(table, items(4, { name: "王芳" }), withoutPause)).rejects.toEqual(new InsertRefused(code));
    expect(requests).toHaveLength(1);
  });

  test("by the engine itself is an error", async () => {
    const table = await newTable();
    const broken = { pk: "", sk: "v1" };
    await expect(insertAll(table, [item(1), broken], withoutPause)).rejects.toThrow("ValidationError");
  });

  test.each([
    [{ Responses: [{}] }, "no response"],
    [{}, "no response"],
    [{ Responses: [{}, { Error: {} }] }, "no code"],
  ])("without a word is not taken for done: %j", async (answer, cause) => {
    const client = { send: async () => answer } as unknown as Table["client"]; // all that is used of it
    await expect(insertAll({ name: "t", client }, items(2), withoutPause)).rejects.toEqual(new InsertRefused(cause));
  });
});

test("whatever goes wrong, a batch that comes until it is done leaves each item once, as it came first", async () => {
  const world = fc.record({
    keys: fc.array(fc.nat(40), { minLength: 1, maxLength: 120 }),
    before: fc.array(fc.nat(40), { maxLength: 20 }),
    ofCalls: fc.array(fc.option(fc.constantFrom<Fault>(...faults), { freq: 2 }), { maxLength: 8 }),
    ofStatements: fc.array(fc.constantFrom(undefined, undefined, "ThrottlingError", "TransactionConflict"), {
      maxLength: 80,
    }),
  });
  await fc.assert(
    fc.asyncProperty(world, async ({ keys, before, ofCalls, ofStatements }) => {
      const real = await newTable();
      const earlier = before.map((key, at) => item(key, { by: `earlier ${at}` }));
      await insertAll(real, earlier);
      const batch = keys.map((key, at) => item(key, { by: `batch ${at}` }));
      const callFaults = [...ofCalls];
      const statementFaults = [...ofStatements];
      const delivered = async () => {
        // A process of its own after each crash.
        const { table } = refusingTable(real, () => statementFaults.shift());
        const client = faultyClient(table.client, () => callFaults.shift() ?? undefined);
        await insertAll({ ...table, client }, batch, withoutPause);
      };
      while (
        !(await delivered().then(
          () => true,
          () => false,
        ))
      );
      const first = new Map<string, unknown>();
      for (const { pk, by } of [...earlier, ...batch]) if (!first.has(pk)) first.set(pk, by);
      expect(new Map((await stored(real)).map(({ pk, by }) => [pk, by]))).toEqual(
        new Map([...first].sort(([left], [right]) => Number(left.slice(1)) - Number(right.slice(1)))),
      );
    }),
    { numRuns: 25, endOnFailure: true },
  );
});
