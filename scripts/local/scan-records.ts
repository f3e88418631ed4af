import { paginateScan } from "@aws-sdk/lib-dynamodb";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { fromItem, type RecordShape } from "@shangji/aws/dynamo/kit/record-store";
import type { Stored } from "@shangji/core/kit/record";

/** Every record of a kind, deleted ones included. Reads the whole table: for scripts only, never on a request path. */
export async function* scanRecords<T>({ client, name }: Table, shape: RecordShape<T>): AsyncGenerator<Stored<T>> {
  const pages = paginateScan(
    { client },
    {
      TableName: name,
      FilterExpression: "#entity = :kind",
      ExpressionAttributeNames: { "#entity": "__edb_e__" },
      ExpressionAttributeValues: { ":kind": shape.kind },
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) for (const item of Items) yield fromItem(shape, item);
}
