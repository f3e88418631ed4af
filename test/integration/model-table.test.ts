import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { modelTable } from "@shangji/testing/model-table";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

let engine: DynamoDb;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const key = fc.record({ pk: fc.constantFrom("p", "q"), sk: fc.constantFrom("a#1", "a#2", "b#1") });
const count = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(9_000_000_000_000_000n));
const condition = fc.constantFrom(
  {},
  { ConditionExpression: "attribute_not_exists(pk)" },
  { ConditionExpression: "attribute_exists(pk) AND attribute_not_exists(chunks)" },
);
const isOne = {
  ConditionExpression: "#version = :one AND attribute_not_exists(chunks)",
  ExpressionAttributeNames: { "#version": "version" },
};
const wholes = fc
  .record({ key, version: count, condition })
  .map(({ key, version, condition }) => ({ Item: { ...key, version, facts: { id: "商机" } }, ...condition }));
const changes = fc.oneof(
  fc.record({ Key: key, value: count }).map(({ Key, value }) => ({
    Key,
    UpdateExpression: "ADD #version :value,parts :one",
    ExpressionAttributeNames: { "#version": "version" },
    ExpressionAttributeValues: { ":value": value, ":one": 1 },
  })),
  key.map((Key) => ({
    Key,
    UpdateExpression: "SET chunks = :two, applied = :one",
    ...isOne,
    ExpressionAttributeValues: { ":two": 2, ":one": 1 },
  })),
  key.map((Key) => ({
    Key,
    UpdateExpression: "SET chunks = :one REMOVE applied",
    ExpressionAttributeValues: { ":one": 1 },
  })),
);
const removals = fc.record({ Key: key, condition }).map(({ Key, condition }) => ({ Key, ...condition }));

const idOf = (each: { Item?: object; Key?: object }) => {
  const { pk, sk } = (each.Item ?? each.Key) as { pk: string; sk: string };
  return `${pk} ${sk}`;
};

const kinds = {
  get: GetCommand,
  batchGet: BatchGetCommand,
  query: QueryCommand,
  put: PutCommand,
  update: UpdateCommand,
  remove: DeleteCommand,
  batchWrite: BatchWriteCommand,
  transact: TransactWriteCommand,
};

/** A command without its table. */
interface Call {
  kind: keyof typeof kinds;
  input: object;
}

const call: fc.Arbitrary<Call> = fc.oneof(
  wholes.map((input) => ({ kind: "put" as const, input })),
  changes.map((input) => ({ kind: "update" as const, input })),
  removals.map((input) => ({ kind: "remove" as const, input })),
  fc.uniqueArray(fc.oneof(wholes, changes, removals), { selector: idOf, minLength: 1, maxLength: 5 }).map((writes) => ({
    kind: "transact" as const,
    input: writes.map((each) => {
      if ("Item" in each) return { Put: each };
      return "UpdateExpression" in each ? { Update: each } : { Delete: each };
    }),
  })),
  fc.uniqueArray(key, { selector: (Key) => idOf({ Key }), minLength: 1 }).map((keys) => ({
    kind: "batchWrite" as const,
    input: keys.map((Key, index) =>
      index % 2 === 0 ? { DeleteRequest: { Key } } : { PutRequest: { Item: { ...Key, version: 1 } } },
    ),
  })),
);

const inP = (condition: string, values: object): Call => ({
  kind: "query",
  input: { KeyConditionExpression: `pk = :pk${condition}`, ExpressionAttributeValues: { ":pk": "p", ...values } },
});
const reads: Call[] = [
  { kind: "get", input: { Key: { pk: "p", sk: "a#1" } } },
  { kind: "get", input: { Key: { pk: "p", sk: "none" } } },
  { kind: "batchGet", input: { Keys: [{ pk: "q", sk: "b#1" }] } },
  inP("", {}),
  inP(" AND begins_with(sk, :prefix)", { ":prefix": "a#" }),
  inP(" AND sk BETWEEN :from AND :to", { ":from": "a#2", ":to": "b#1" }),
];

function commandOf({ kind, input }: Call, TableName: string): GetCommand {
  const Command = kinds[kind] as unknown as new (input: object) => GetCommand; // one of them stands for all
  if (kind === "batchGet" || kind === "batchWrite") return new Command({ RequestItems: { [TableName]: input } });
  if (kind !== "transact") return new Command({ TableName, ...input });
  const writes = Object.values(input).map((write: object) =>
    Object.fromEntries(Object.entries(write).map(([name, each]) => [name, { TableName, ...each }])),
  );
  return new Command({ TransactItems: writes });
}

/** What a caller sees of a call: what was read, or why it was refused. */
async function seen({ client, name }: Table, call: Call) {
  try {
    const { Item, Items, Responses } = (await client.send(commandOf(call, name))) as unknown as Record<string, unknown>; // any answer
    return { Item, Items, found: Responses && Object.values(Responses as object)[0] };
  } catch (error) {
    const { name, CancellationReasons: reasons } = error as { name: string; CancellationReasons?: { Code: string }[] };
    return { name, reasons: reasons?.map(({ Code }) => Code) };
  }
}

it("the model of the table answers as the engine does", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 12 }), async (calls) => {
      const [model, real] = [modelTable(async () => undefined), await engine.createTable({ indexes: false })];
      for (const write of calls) {
        for (const each of [write, ...reads]) expect(await seen(model, each)).toEqual(await seen(real, each));
      }
    }),
    { numRuns: 25 },
  );
});
