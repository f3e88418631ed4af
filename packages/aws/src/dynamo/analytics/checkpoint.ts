import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Checkpoint } from "@shangji/core/analytics/ports";
import type { Table } from "../kit/client.ts";

const key = { pk: "analytics", sk: "checkpoint" };

/**
 * Notes how far the projector has come, once a batch: when the latest record of the batch was written, and how long that
 * is ago. An older batch, of a shard that lags or repeated, changes nothing; neither does losing the note.
 */
export async function advanceCheckpoint(table: Table, at: { lastRecordAt: string; now: Date }): Promise<void> {
  const { lastRecordAt, now } = at;
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: key,
        UpdateExpression: "SET lastRecordAt = :at, lagMilliseconds = :lag",
        ConditionExpression: "attribute_not_exists(pk) OR lastRecordAt <= :at",
        ExpressionAttributeValues: {
          ":at": lastRecordAt,
          ":lag": Math.max(0, now.getTime() - Date.parse(lastRecordAt)),
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

export async function readCheckpoint(table: Table): Promise<Checkpoint | undefined> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key }));
  if (!Item) return undefined;
  const { lastRecordAt, lagMilliseconds } = Item as unknown as Checkpoint; // only `advanceCheckpoint` writes the item
  return { lastRecordAt, lagMilliseconds };
}
