import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Clock } from "@shangji/core/kit/context";
import type { Table } from "../kit/client.ts";

/** Writes the heartbeat: one item, replaced at each beat, that passes through the stream like any change. */
export async function beat(table: Table, clock: Clock): Promise<void> {
  await table.client.send(
    new PutCommand({
      TableName: table.name,
      Item: { pk: "heartbeat", sk: "heartbeat", __edb_e__: "heartbeat", at: clock.now().toISOString() },
    }),
  );
}
