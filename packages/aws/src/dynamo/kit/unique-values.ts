import { BatchGetCommand, GetCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { UniqueValue } from "@shangji/core/kit/record";
import type { Table } from "./client.ts";

type WriteItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** Key of the item that reserves a unique value for one record. */
export function uniqueKey(kind: string, { field, value }: UniqueValue): { pk: string; sk: string } {
  return { pk: `unique#${kind}#${field}#${value}`, sk: "unique" };
}

/** The field of a unique value, by the key of the item that reserves it. */
export function fieldOfUnique(pk: string): string {
  return pk.split("#")[2] ?? "";
}

/** Takes a value for a record; refused when another record has it. */
export function takeValue(table: Table, kind: string, unique: UniqueValue, recordId: string): WriteItem {
  return {
    Put: {
      TableName: table.name,
      Item: { ...uniqueKey(kind, unique), recordId },
      ConditionExpression: "attribute_not_exists(pk) OR recordId = :recordId",
      ExpressionAttributeValues: { ":recordId": recordId },
      // A refusal tells whose the value is, without another read.
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    },
  };
}

/** Takes a value from one record for another; refused when the first has it no more. */
export function moveValue(
  table: Table,
  kind: string,
  unique: UniqueValue,
  move: { from: string; to: string },
): WriteItem {
  return {
    Put: {
      TableName: table.name,
      Item: { ...uniqueKey(kind, unique), recordId: move.to },
      ConditionExpression: "recordId = :from",
      ExpressionAttributeValues: { ":from": move.from },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    },
  };
}

/** Frees a value, if this record has it. */
export function freeValue(table: Table, kind: string, unique: UniqueValue, recordId: string): WriteItem {
  return {
    Delete: {
      TableName: table.name,
      Key: uniqueKey(kind, unique),
      ConditionExpression: "attribute_not_exists(pk) OR recordId = :recordId",
      ExpressionAttributeValues: { ":recordId": recordId },
    },
  };
}

/** The id of the record that has a value, strongly consistent. */
export async function holderOf(table: Table, kind: string, unique: UniqueValue): Promise<string | undefined> {
  const Key = uniqueKey(kind, unique);
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead: true }));
  return typeof Item?.recordId === "string" ? Item.recordId : undefined;
}

/** Record ids by value, for the values that are taken. */
export async function findUnique(
  table: Table,
  kind: string,
  field: string,
  values: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const byKey = new Map(values.map((value) => [uniqueKey(kind, { field, value }).pk, value]));
  const keys = [...byKey.keys()].map((pk) => ({ pk, sk: "unique" }));
  for await (const item of batchGet(table, keys, { consistent: true })) {
    const value = byKey.get(String(item.pk));
    if (value !== undefined) found.set(value, String(item.recordId));
  }
  return found;
}

/** Reads items by key, or some attributes of them, 100 a request, until none is left unprocessed. */
export async function* batchGet(
  table: Table,
  keys: readonly { pk: string; sk: string }[],
  { consistent, only = [] }: { consistent: boolean; only?: readonly string[] },
): AsyncGenerator<Record<string, unknown>> {
  const projected = only.length === 0 ? {} : projectionOf(only);
  for (let start = 0; start < keys.length; start += 100) {
    let pending: Record<string, unknown>[] = keys.slice(start, start + 100);
    for (let attempt = 0; pending.length > 0; attempt++) {
      if (attempt > 0) await pause(2 ** attempt * 10);
      const { Responses, UnprocessedKeys } = await table.client.send(
        new BatchGetCommand({
          RequestItems: { [table.name]: { Keys: pending, ConsistentRead: consistent, ...projected } },
        }),
      );
      yield* Responses?.[table.name] ?? [];
      pending = UnprocessedKeys?.[table.name]?.Keys ?? [];
      if (pending.length > 0 && attempt === 7) throw new Error(`${pending.length} keys stayed unprocessed`);
    }
  }
}

/** By placeholders, as names of attributes may be words of DynamoDB's own. */
function projectionOf(attributes: readonly string[]) {
  const names = attributes.map((attribute, index) => [`#${index}`, attribute] as const);
  return {
    ProjectionExpression: names.map(([placeholder]) => placeholder).join(","),
    ExpressionAttributeNames: Object.fromEntries(names),
  };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
