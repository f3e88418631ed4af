import type { _Record } from "@aws-sdk/client-dynamodb-streams";
import type { Json } from "../../template/deployment.ts";

/** A change as Lambda hands it to a function, with what the poller needs to know beside it. */
export interface StreamRecord {
  readonly sequenceNumber: string;
  readonly shardId: string;
  /** Value of the partition key as text, to keep the order of one item's changes. */
  readonly partition: string;
  /** Epoch milliseconds of the local clock. */
  readonly createdAt: number;
  /** Length of `event` as JSON. */
  readonly bytes: number;
  /** The record in Lambda's event shape. */
  readonly event: Json;
}

export interface RecordOrigin {
  readonly shardId: string;
  /** ARN of the stream as the event source mapping names it. */
  readonly sourceArn: string;
  readonly region: string;
  readonly hashKey: string;
  /** Real time of reading, and by how much the local clock is ahead of it; milliseconds. */
  readonly readAt: number;
  readonly offsetMs: number;
}

const MINUTE_MS = 60_000;

/** Converts a record of the Streams API. */
export function toStreamRecord(record: _Record, origin: RecordOrigin): StreamRecord {
  const change = record.dynamodb ?? {};
  // DynamoDB Local cuts the time to the minute. A record is read within moments of the write, unless it waited for a
  // restart; then the end of its minute is the best guess.
  const minute = change.ApproximateCreationDateTime?.getTime() ?? origin.readAt;
  const createdAt = Math.max(minute, Math.min(origin.readAt, minute + MINUTE_MS - 1)) + origin.offsetMs;
  const { userIdentity } = record;
  const event = toJson({
    eventID: record.eventID?.replaceAll("-", ""),
    eventName: record.eventName,
    eventVersion: record.eventVersion ?? "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: origin.region,
    dynamodb: { ...change, ApproximateCreationDateTime: Math.floor(createdAt / 1000) },
    ...(userIdentity === undefined
      ? {}
      : { userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId } }),
    eventSourceARN: origin.sourceArn,
  });
  return {
    sequenceNumber: change.SequenceNumber ?? "",
    shardId: origin.shardId,
    partition: JSON.stringify(toJson(change.Keys?.[origin.hashKey])),
    createdAt,
    bytes: JSON.stringify(event).length,
    event,
  };
}

/** Attribute values as JSON: binary becomes base64, what is undefined is left out. */
function toJson(value: unknown): Json {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(entries.map(([name, member]) => [name, toJson(member)]));
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
