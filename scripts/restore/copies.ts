import { CreateTableCommand, DeleteTableCommand } from "@aws-sdk/client-dynamodb";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import type { TableDefinition } from "@shangji/aws/dynamo/table";

/** Every copy that a drill makes has this in its name, and nothing else may be removed. */
const mark = "-restored-drill-";

/** A name for a copy of a table. */
export function copyName(prefix: string, at: Date): string {
  return `${prefix}${mark}${at.toISOString().replace(/\D/g, "").slice(0, 17)}`;
}

/** An empty table with the keys and indexes of the real one. */
export async function createCopy(client: Table["client"], name: string, definition: TableDefinition): Promise<Table> {
  const { partitionKey, sortKey, indexes } = definition;
  const hash = (AttributeName: string) => ({ AttributeName, KeyType: "HASH" as const });
  const range = (AttributeName: string) => ({ AttributeName, KeyType: "RANGE" as const });
  const keys = new Set([partitionKey, sortKey, ...indexes.flatMap(({ partition, sort }) => [...partition, ...sort])]);
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [...keys].map((AttributeName) => ({
        AttributeName,
        AttributeType: definition.numbers?.includes(AttributeName) ? "N" : "S",
      })),
      KeySchema: [hash(partitionKey), range(sortKey)],
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: [...index.partition.map(hash), ...index.sort.map(range)],
        Projection: { ProjectionType: index.projection },
      })),
    }),
  );
  return { name, client };
}

/** Removes a copy. @throws Error for any table that no drill has made */
export async function removeCopy({ client, name }: Table): Promise<void> {
  if (!name.includes(mark)) throw new Error(`${name} was not made by a drill and is not removed`);
  await client.send(new DeleteTableCommand({ TableName: name }));
}
