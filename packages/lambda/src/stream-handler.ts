import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { describeError, log } from "./log.ts";

/** One record of the table's stream, in plain values. */
export interface StreamRecord {
  sequenceNumber: string;
  /** When the write was made, to the second. */
  at: Date | undefined;
  before: Record<string, unknown> | undefined;
  after: Record<string, unknown> | undefined;
}

/** A record that could not be worked through. */
export interface StreamFailure {
  sequenceNumber: string;
  error: unknown;
}

/**
 * Handler of a stream with partial batch responses: `work` answers what failed, and the stream goes on from the first of
 * them. A throw fails the batch from its start, since nobody knows how far it came.
 */
export function streamHandler(name: string, work: (records: StreamRecord[]) => Promise<StreamFailure[]>) {
  return async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const started = performance.now();
    const failures = await attempt(event, work);
    for (const { sequenceNumber, error } of failures) {
      log("error", { message: "record failed", function: name, sequenceNumber, ...describeError(error) });
    }
    log(failures.length > 0 ? "warn" : "info", {
      message: "batch",
      function: name,
      records: event.Records.length,
      failed: failures.length,
      milliseconds: Math.round(performance.now() - started),
    });
    const first = firstOf(event, failures);
    return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first }] };
  };
}

async function attempt(
  event: DynamoDBStreamEvent,
  work: (records: StreamRecord[]) => Promise<StreamFailure[]>,
): Promise<StreamFailure[]> {
  try {
    return await work(event.Records.map(streamRecord));
  } catch (error) {
    return [{ sequenceNumber: event.Records[0]?.dynamodb?.SequenceNumber ?? "", error }];
  }
}

function streamRecord({ dynamodb }: DynamoDBRecord): StreamRecord {
  const seconds = dynamodb?.ApproximateCreationDateTime;
  return {
    sequenceNumber: dynamodb?.SequenceNumber ?? "",
    at: seconds === undefined ? undefined : new Date(seconds * 1000),
    before: plain(dynamodb?.OldImage),
    after: plain(dynamodb?.NewImage),
  };
}

type Image = NonNullable<DynamoDBRecord["dynamodb"]>["NewImage"];

function plain(image: Image): Record<string, unknown> | undefined {
  // The event writes binary values as base64 text; no record holds any.
  return image && unmarshall(image as Record<string, AttributeValue>);
}

/** A batch is in the order of its shard, so the first failed record in it has the lowest sequence number. */
function firstOf(event: DynamoDBStreamEvent, failures: readonly StreamFailure[]): string | undefined {
  const failed = new Set(failures.map((failure) => failure.sequenceNumber));
  return event.Records.map((record) => record.dynamodb?.SequenceNumber ?? "").find((number) => failed.has(number));
}
