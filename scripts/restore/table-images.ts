import { BatchWriteItemCommand, ScanCommand, type WriteRequest } from "@aws-sdk/client-dynamodb";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import type { Image, Images } from "./images.ts";

/** Every item of a table as it is now. Reads all of it: for scripts only. */
export function imagesIn({ client, name: TableName }: Table): Images {
  return async function* images() {
    let from: Image | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new ScanCommand({ TableName, ConsistentRead: true, ...(from ? { ExclusiveStartKey: from } : {}) }),
      );
      yield* Items;
      from = LastEvaluatedKey;
    } while (from);
  };
}

/** Items that one request takes. */
const aBatch = 25;

/** Writes images into a table, as they are. */
export async function load(table: Table, images: AsyncIterable<Image>): Promise<void> {
  const batch: WriteRequest[] = [];
  for await (const Item of images) {
    batch.push({ PutRequest: { Item } });
    if (batch.length === aBatch) await write(table, batch.splice(0));
  }
  if (batch.length > 0) await write(table, batch);
}

async function write({ client, name }: Table, requests: WriteRequest[]): Promise<void> {
  let pending = requests;
  for (let attempt = 0; pending.length > 0; attempt++) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(2 ** attempt * 20, 5_000)));
    const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: pending } }));
    pending = UnprocessedItems?.[name] ?? [];
  }
}
