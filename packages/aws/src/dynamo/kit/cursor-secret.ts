import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { cursorSecretKey as key } from "../table.ts";
import type { Table } from "./client.ts";

/** The table's secret for sealing cursors: 32 random bytes, made on first use and read once per cold start. */
export function cursorSecretIn(table: Table): () => Promise<Uint8Array> {
  let known: Promise<Uint8Array> | undefined;
  return () => {
    known ??= readOrMake(table).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

async function readOrMake(table: Table): Promise<Uint8Array> {
  return (await read(table)) ?? (await make(table));
}

async function read(table: Table): Promise<Uint8Array | undefined> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
  return Item?.secret instanceof Uint8Array ? Item.secret : undefined;
}

async function make(table: Table): Promise<Uint8Array> {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: { ...key, secret },
        ConditionExpression: "attribute_not_exists(pk)",
      }),
    );
    return secret;
  } catch (error) {
    // Another function was first: its secret is the one.
    const other = error instanceof ConditionalCheckFailedException ? await read(table) : undefined;
    if (other) return other;
    throw error;
  }
}
