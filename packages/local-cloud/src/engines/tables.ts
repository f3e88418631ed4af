import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { CloudError } from "../cloud-error.ts";
import type { Deployment, LocalResource } from "../template/deployment.ts";
import { listProperty, objectProperty } from "../template/read-property.ts";

/**
 * Creates the deployment's tables in DynamoDB Local unless they are there already. Throws a `CloudError` if a kept table
 * has another shape than the template declares: keys and indexes of a table cannot be changed in place.
 */
export async function createTables(deployment: Deployment, endpoint: string): Promise<void> {
  const client = new DynamoDBClient({
    endpoint,
    region: deployment.region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const tables = [...deployment.ofType("AWS::DynamoDB::Table"), ...deployment.ofType("AWS::DynamoDB::GlobalTable")];
  try {
    await Promise.all(tables.map((table) => createTable(client, table)));
  } finally {
    client.destroy();
  }
}

async function createTable(client: DynamoDBClient, table: LocalResource): Promise<void> {
  const wanted = tableShape(table);
  const kept = await describe(client, table.physicalId);
  if (kept === undefined) {
    await client.send(new CreateTableCommand(wanted));
    await enableTimeToLive(client, table);
  } else if (fingerprint(kept) !== fingerprint(wanted)) {
    throw new CloudError(
      `The kept table ${table.physicalId} has other keys, indexes or stream than the template; to start afresh: rm -r .local`,
    );
  }
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    return Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

// The template's lists have the very shapes of the API's input, which checks them.
function tableShape(table: LocalResource): CreateTableCommandInput {
  const list = (name: string): never[] => listProperty(table, name) as unknown as never[]; // the API checks them
  const { StreamViewType: view } = objectProperty(table, "StreamSpecification");
  const globals = list("GlobalSecondaryIndexes").map(({ IndexName, KeySchema, Projection }) => ({
    IndexName,
    KeySchema,
    Projection,
  }));
  const locals = list("LocalSecondaryIndexes");
  return {
    TableName: table.physicalId,
    AttributeDefinitions: list("AttributeDefinitions"),
    KeySchema: list("KeySchema"),
    BillingMode: "PAY_PER_REQUEST",
    ...(globals.length > 0 ? { GlobalSecondaryIndexes: globals } : {}),
    ...(locals.length > 0 ? { LocalSecondaryIndexes: locals } : {}),
    ...(view === undefined
      ? {}
      : { StreamSpecification: { StreamEnabled: true, StreamViewType: view as never /* checked by the API */ } }),
  };
}

async function enableTimeToLive(client: DynamoDBClient, table: LocalResource): Promise<void> {
  const { AttributeName, Enabled } = objectProperty(table, "TimeToLiveSpecification");
  if (Enabled !== true) return;
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: table.physicalId,
      TimeToLiveSpecification: { AttributeName: String(AttributeName), Enabled: true },
    }),
  );
}

/** What cannot change in place, in one order whatever the order of the source. */
function fingerprint(table: TableDescription | CreateTableCommandInput): string {
  const indexes = (
    list: readonly { IndexName?: string | undefined; KeySchema?: unknown; Projection?: object | undefined }[] = [],
  ): string[] =>
    list.map(({ IndexName, KeySchema, Projection }) => JSON.stringify([IndexName, keys(KeySchema), Projection])).sort();
  return JSON.stringify([
    keys(table.KeySchema),
    (table.AttributeDefinitions ?? [])
      .map(({ AttributeName, AttributeType }) => `${AttributeName}:${AttributeType}`)
      .sort(),
    indexes(table.GlobalSecondaryIndexes),
    indexes(table.LocalSecondaryIndexes),
    table.StreamSpecification?.StreamViewType ?? "none",
  ]);
}

function keys(schema: unknown): string[] {
  return Array.isArray(schema)
    ? schema.map(
        ({ AttributeName, KeyType }: { AttributeName: string; KeyType: string }) => `${KeyType} ${AttributeName}`,
      )
    : [];
}
