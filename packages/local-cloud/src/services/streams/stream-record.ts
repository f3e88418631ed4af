import type { JsonObject } from "../../template/deployment.ts";
import type { ApiRecord } from "./streams-api.ts";

/** A change, with what one needs to know of it to bring it to functions in order. */
export interface StreamRecord {
  readonly sequenceNumber: string;
  readonly shardId: string;
  /** Value of the partition key as text, to keep the order of one item's changes. */
  readonly partition: string;
  /** Epoch milliseconds of the local clock. */
  readonly createdAt: number;
  /** The record in Lambda's event shape. */
  readonly event: JsonObject;
}

export interface RecordOrigin {
  readonly shardId: string;
  /** ARN of the stream as event source mappings name it. */
  readonly sourceArn: string;
  readonly region: string;
  readonly hashKey: string;
  /** Real time of reading, and by how much the local clock is ahead of it; milliseconds. */
  readonly readAt: number;
  readonly offsetMs: number;
}

const MINUTE_MS = 60_000;

export function toStreamRecord(record: ApiRecord, origin: RecordOrigin): StreamRecord {
  const change = record.dynamodb ?? {};
  // DynamoDB Local cuts the time to the minute. A record is read within moments of the write, unless it waited for a
  // restart; then the end of its minute is the best guess.
  const written = change.ApproximateCreationDateTime;
  const minute = written === undefined ? origin.readAt : written * 1000;
  const createdAt = Math.max(minute, Math.min(origin.readAt, minute + MINUTE_MS - 1)) + origin.offsetMs;
  const { Type: type = null, PrincipalId: principalId = null } = record.userIdentity ?? {};
  return {
    sequenceNumber: change.SequenceNumber ?? "",
    shardId: origin.shardId,
    partition: JSON.stringify(change.Keys?.[origin.hashKey] ?? null),
    createdAt,
    event: {
      eventID: record.eventID?.replaceAll("-", "") ?? "",
      eventName: record.eventName ?? "",
      eventVersion: record.eventVersion ?? "1.1",
      eventSource: "aws:dynamodb",
      awsRegion: origin.region,
      dynamodb: { ...change, ApproximateCreationDateTime: Math.floor(createdAt / 1000) },
      ...(record.userIdentity === undefined ? {} : { userIdentity: { type, principalId } }),
      eventSourceARN: origin.sourceArn,
    },
  };
}
