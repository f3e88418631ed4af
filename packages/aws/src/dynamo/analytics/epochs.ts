import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Table } from "../kit/client.ts";

/**
 * A generation of the aggregates. Readers read `current`; while a rebuild makes a new one, the projector counts every
 * change in `next` as well.
 */
export interface Epochs {
  current: string;
  next?: string;
}

const key = { pk: "analytics", sk: "epochs" };
const firstEpoch = "1";

/** Read consistently: a change that was made after a rebuild began must be counted in its epoch too. */
export async function readEpochs(table: Table): Promise<Epochs> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
  const { current = firstEpoch, next } = (Item ?? {}) as Partial<Epochs>; // only this file writes the item
  return { current, ...(next === undefined ? {} : { next }) };
}

/** From here on every change is counted in `next` too. It takes the place of one that a broken rebuild has left. */
export async function beginEpoch(table: Table, next: string): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: key,
      UpdateExpression: "SET #next = :next",
      ExpressionAttributeNames: { "#next": "next" },
      ExpressionAttributeValues: { ":next": next },
    }),
  );
}

/** Readers go over to `next`. @throws ConditionalCheckFailedException when another rebuild has begun since */
export async function switchEpoch(table: Table, next: string): Promise<void> {
  await changeNext(table, next, "SET #current = :next REMOVE #next");
}

/** Gives up `next`. @throws ConditionalCheckFailedException when another rebuild has begun since */
export async function abandonEpoch(table: Table, next: string): Promise<void> {
  await changeNext(table, next, "REMOVE #next");
}

async function changeNext(table: Table, next: string, expression: string): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: key,
      UpdateExpression: expression,
      ConditionExpression: "#next = :next",
      ExpressionAttributeNames: {
        "#next": "next",
        ...(expression.includes("#current") ? { "#current": "current" } : {}),
      },
      ExpressionAttributeValues: { ":next": next },
    }),
  );
}
