import { randomBytes } from "node:crypto";
import { DeleteTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Table } from "@shangji/aws";
import { createTable } from "@shangji/aws/dynamo/create-table";
import { type TableDefinition, tableDefinition } from "@shangji/aws/dynamo/table";
import { startDynamoDb as startLocalEngine } from "@shangji/local-cloud/engines/dynamodb";

export interface TableOptions {
  /** @default true */
  indexes?: boolean;
  /** @default the table of records */
  definition?: TableDefinition;
}

/** A running DynamoDB Local, in memory. */
export interface DynamoDb {
  endpoint: string;
  /** Names the database. */
  accessKeyId: string;
  client: DynamoDBDocumentClient;
  /**
   * A new empty table with the keys and indexes of the real one, or of another definition; writes are twice as fast without
   * the indexes.
   */
  createTable(options?: TableOptions): Promise<Table>;
  stop(): Promise<void>;
}

/** Names the engine that the suites of a run share: each engine of its own would spend most of its time on warming up. */
export const sharedEngine = "SHANGJI_TEST_DYNAMODB";

/** A database of its own: in the engine that is shared, or in one that it starts on a free port; needs Java. */
export async function startDynamoDb(): Promise<DynamoDb> {
  const shared = process.env[sharedEngine];
  return shared === undefined ? startEngine() : databaseIn(shared, async () => {});
}

/** Starts an engine on a free port; needs Java. */
export async function startEngine(): Promise<DynamoDb> {
  const engine = await startLocalEngine(undefined, { tablesOfKey: true });
  return databaseIn(engine.endpoint, engine.stop);
}

/** The engine keeps a database for each access key. */
function databaseIn(endpoint: string, stopEngine: () => Promise<void>): DynamoDb {
  const credentials = { accessKeyId: `test${randomBytes(8).toString("hex")}`, secretAccessKey: "local" };
  const plain = new DynamoDBClient({ endpoint, region: "local", credentials });
  const client = DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } });
  const tables: string[] = [];
  return {
    endpoint,
    accessKeyId: credentials.accessKeyId,
    client,
    async createTable({ indexes = true, definition = tableDefinition }: TableOptions = {}) {
      const name = `test-${tables.length + 1}`;
      tables.push(name);
      return createTable(client, name, indexes ? definition : { ...definition, indexes: [], numbers: [] });
    },
    async stop() {
      for (const TableName of tables) await plain.send(new DeleteTableCommand({ TableName }));
      client.destroy();
      await stopEngine();
    },
  };
}
