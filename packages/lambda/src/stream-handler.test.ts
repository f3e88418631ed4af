import type { DynamoDBStreamEvent } from "aws-lambda";
import { expect, test } from "vitest";
import { streamHandler } from "./stream-handler.ts";

function eventOf(...numbers: string[]): DynamoDBStreamEvent {
  return {
    Records: numbers.map((SequenceNumber) => ({
      dynamodb: { SequenceNumber, NewImage: { id: { S: SequenceNumber }, version: { N: "2" } } },
    })),
  };
}

test("hands over plain values", async () => {
  const seen: unknown[] = [];
  await streamHandler("test", async (records) => {
    seen.push(...records.map((record) => record.after));
    return [];
  })(eventOf("10"));
  expect(seen).toEqual([{ id: "10", version: 2 }]);
});

test("goes on from the first failed record, whatever order failures are named in", async () => {
  const handler = streamHandler("test", async () => [
    { sequenceNumber: "9", error: new Error("later") },
    { sequenceNumber: "100", error: new Error("first") },
  ]);
  expect(await handler(eventOf("99", "100", "8", "9"))).toEqual({ batchItemFailures: [{ itemIdentifier: "100" }] });
});

test("a throw fails the batch from its start", async () => {
  const handler = streamHandler("test", () => Promise.reject(new Error("broken")));
  expect(await handler(eventOf("1", "2"))).toEqual({ batchItemFailures: [{ itemIdentifier: "1" }] });
});

test("a batch without failures is done", async () => {
  expect(await streamHandler("test", async () => [])(eventOf("1"))).toEqual({ batchItemFailures: [] });
});
