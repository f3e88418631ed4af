import type { Table } from "../kit/client.ts";
import { poolQueue } from "./partitions.ts";

/** A query of what waits in a pool, longest first. */
export function queued(table: Table, poolId: string) {
  return {
    TableName: table.name,
    IndexName: "gsi5",
    KeyConditionExpression: "queue = :queue",
    ExpressionAttributeValues: { ":queue": poolQueue(poolId) },
  };
}
