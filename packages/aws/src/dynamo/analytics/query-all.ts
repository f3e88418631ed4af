import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Table } from "../kit/client.ts";

export interface PartitionQuery {
  pk: string;
  /** Prefix of the sort keys. */
  prefix?: string;
  /** First and last sort key, both included. */
  between?: readonly [string, string];
  consistent?: boolean;
}

/** Every item of a part of a partition, to its last page. */
export async function queryAll(table: Table, query: PartitionQuery): Promise<Record<string, unknown>[]> {
  const { pk, prefix, between, consistent = false } = query;
  const range = between
    ? { condition: " AND sk BETWEEN :from AND :to", values: { ":from": between[0], ":to": between[1] } }
    : prefix === undefined
      ? { condition: "", values: {} }
      : { condition: " AND begins_with(sk, :prefix)", values: { ":prefix": prefix } };
  const items: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: `pk = :pk${range.condition}`,
        ExpressionAttributeValues: { ":pk": pk, ...range.values },
        ConsistentRead: consistent,
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    items.push(...Items);
    start = LastEvaluatedKey;
  } while (start);
  return items;
}
