import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import type { Table } from "./kit/client.ts";
import type { TableDefinition } from "./table.ts";

/** An empty table with the keys and indexes of a definition, on demand: for copies and tests; a customer's come from the template. */
export async function createTable(client: Table["client"], name: string, definition: TableDefinition): Promise<Table> {
  const { partitionKey, sortKey, indexes, numbers = [] } = definition;
  const hash = (AttributeName: string) => ({ AttributeName, KeyType: "HASH" as const });
  const range = (AttributeName: string) => ({ AttributeName, KeyType: "RANGE" as const });
  const keys = new Set([partitionKey, sortKey, ...indexes.flatMap(({ partition, sort }) => [...partition, ...sort])]);
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [...keys].map((AttributeName) => ({
        AttributeName,
        AttributeType: numbers.includes(AttributeName) ? "N" : "S",
      })),
      KeySchema: [hash(partitionKey), range(sortKey)],
      ...(indexes.length > 0 && {
        GlobalSecondaryIndexes: indexes.map((index) => ({
          IndexName: index.name,
          KeySchema: [...index.partition.map(hash), ...index.sort.map(range)],
          Projection: { ProjectionType: index.projection },
        })),
      }),
    }),
  );
  return { name, client };
}
