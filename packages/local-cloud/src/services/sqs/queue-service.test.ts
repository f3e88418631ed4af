import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createLocalClock } from "../../clock/local-clock.ts";
import { clientConfig } from "../testing/client-config.ts";
import { ACCOUNT, REGION, type ScratchCloudOptions, scratchCloud } from "../testing/scratch-cloud.ts";
import { createQueueService, type QueueService } from "./queue-service.ts";

const deadArn = `arn:aws:sqs:${REGION}:${ACCOUNT}:dead`;
const resources = [
  {
    type: "AWS::SQS::Queue",
    logicalId: "Work",
    properties: {
      QueueName: "work",
      VisibilityTimeout: 60,
      RedrivePolicy: { deadLetterTargetArn: deadArn, maxReceiveCount: 2 },
    },
  },
  { type: "AWS::SQS::Queue", logicalId: "Dead", properties: { QueueName: "dead" } },
];

let service: QueueService;
let sqs: SQSClient;
const clock = createLocalClock();

async function start(options: ScratchCloudOptions = {}): Promise<void> {
  service = createQueueService();
  await service.start(scratchCloud({ resources, clock, ...options }));
  sqs = new SQSClient(clientConfig(service.endpoint ?? ""));
}

beforeEach(() => start());
afterEach(async () => {
  sqs.destroy();
  await service.stop();
});

const url = async (QueueName: string): Promise<string> =>
  (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? "";
const send = async (MessageBody: string, more = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl: await url("work"), MessageBody, ...more }));
const receive = async (more = {}, queue = "work") =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl: await url(queue), MaxNumberOfMessages: 10, ...more })))
    .Messages ?? [];
const counts = async (queue = "work") => {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: await url(queue), AttributeNames: ["All"] }),
  );
  return [
    Number(Attributes?.ApproximateNumberOfMessages),
    Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
    Number(Attributes?.ApproximateNumberOfMessagesDelayed),
  ];
};

it("delivers a message with its attributes and hides it until it is deleted", async () => {
  const sent = await send("héllo", {
    MessageAttributes: {
      Kind: { DataType: "String", StringValue: "test" },
      Blob: { DataType: "Binary", BinaryValue: Buffer.from([1, 2]) },
    },
  });
  const [message] = await receive({ MessageAttributeNames: ["All"], MessageSystemAttributeNames: ["All"] });
  expect(message?.MessageId).toBe(sent.MessageId);
  expect(message?.Body).toBe("héllo");
  expect(message?.MessageAttributes?.Kind?.StringValue).toBe("test");
  expect([...(message?.MessageAttributes?.Blob?.BinaryValue ?? [])]).toEqual([1, 2]);
  expect(message?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
  expect(message?.Attributes?.ApproximateReceiveCount).toBe("1");
  expect(await receive()).toEqual([]);
  expect(await counts()).toEqual([0, 1, 0]);
  await sqs.send(new DeleteMessageCommand({ QueueUrl: await url("work"), ReceiptHandle: message?.ReceiptHandle }));
  expect(await counts()).toEqual([0, 0, 0]);
});

it("computes the checksum of attributes over lengths, types and values", async () => {
  const sent = await send("x", { MessageAttributes: { a: { DataType: "String", StringValue: "b" } } });
  expect(sent.MD5OfMessageAttributes).toBe("bef8bf215374a0a228d67533b1a488be");
});

it("shows an undeleted message again after its visibility timeout, and moves it to the dead letters after the last receive", async () => {
  await send("poison");
  expect(await receive()).toHaveLength(1);
  clock.advance("PT61S");
  expect(await receive()).toHaveLength(1);
  clock.advance("PT61S");
  expect(await receive()).toEqual([]);
  const [dead] = await receive({ MessageSystemAttributeNames: ["All"] }, "dead");
  expect(dead?.Body).toBe("poison");
  expect(dead?.Attributes?.DeadLetterQueueSourceArn).toBe(`arn:aws:sqs:${REGION}:${ACCOUNT}:work`);
});

it("shows a message at once when its visibility is set to zero", async () => {
  await send("again");
  const [first] = await receive();
  await sqs.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: await url("work"),
      ReceiptHandle: first?.ReceiptHandle,
      VisibilityTimeout: 0,
    }),
  );
  expect(await receive()).toHaveLength(1);
});

it("ignores the deletion by a handle that a later receive has replaced", async () => {
  await send("slow");
  const [first] = await receive({ VisibilityTimeout: 1 });
  clock.advance("PT2S");
  await receive();
  await sqs.send(new DeleteMessageCommand({ QueueUrl: await url("work"), ReceiptHandle: first?.ReceiptHandle }));
  expect(await counts()).toEqual([0, 1, 0]);
});

it("delays a message on the local clock", async () => {
  await send("later", { DelaySeconds: 900 });
  expect(await receive()).toEqual([]);
  expect(await counts()).toEqual([0, 0, 1]);
  clock.advance("PT15M");
  expect(await receive()).toHaveLength(1);
});

it("answers a waiting receive as soon as a message arrives", async () => {
  const waiting = receive({ WaitTimeSeconds: 20 });
  await send("now");
  expect(await waiting).toHaveLength(1);
});

it("reports each entry of a batch by itself", async () => {
  const QueueUrl = await url("work");
  const result = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: "good", MessageBody: "1" },
        { Id: "bad", MessageBody: "2", DelaySeconds: 901 },
      ],
    }),
  );
  expect(result.Successful?.map(({ Id }) => Id)).toEqual(["good"]);
  expect(result.Failed?.map(({ Id, Code }) => [Id, Code])).toEqual([["bad", "InvalidParameterValue"]]);
  const received = await receive();
  await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: received.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle })),
    }),
  );
  expect(await counts()).toEqual([0, 0, 0]);
});

it("refuses a batch that is empty, too long or has equal ids", async () => {
  const QueueUrl = await url("work");
  const entries = (ids: string[]) => ids.map((Id) => ({ Id, MessageBody: "x" }));
  const attempt = (ids: string[]) => sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: entries(ids) }));
  await expect(attempt([])).rejects.toThrow(/doesn't contain/);
  await expect(attempt(["a", "a"])).rejects.toThrow(/same Id/);
  await expect(attempt(Array.from({ length: 11 }, (_, at) => String(at)))).rejects.toThrow(/at most 10/);
});

it("refuses a message that is too long", async () => {
  await expect(send("x".repeat(1_048_577))).rejects.toThrow(/shorter than 1048576/);
});

it("empties a queue that is purged", async () => {
  await send("1");
  await sqs.send(new PurgeQueueCommand({ QueueUrl: await url("work") }));
  expect(await counts()).toEqual([0, 0, 0]);
});

it("says that an unknown queue does not exist", async () => {
  await expect(url("nothing")).rejects.toBeInstanceOf(QueueDoesNotExist);
});

it("forgets a message after its retention period", async () => {
  await send("old");
  clock.advance("P5D");
  expect(await receive()).toEqual([]);
  expect(await counts()).toEqual([0, 0, 0]);
});

it("keeps messages and receive counts over a restart", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "sqs-"));
  await service.stop();
  await start({ dataDir });
  await send("kept");
  await receive({ VisibilityTimeout: 0 });
  sqs.destroy();
  await service.stop();
  await start({ dataDir });
  const [message] = await receive({ MessageSystemAttributeNames: ["ApproximateReceiveCount"] });
  expect(message?.Body).toBe("kept");
  expect(message?.Attributes).toEqual({ ApproximateReceiveCount: "2" });
  rmSync(dataDir, { recursive: true });
});

it("refuses to run a FIFO queue", async () => {
  const fifo = [{ type: "AWS::SQS::Queue", logicalId: "Fifo", properties: { FifoQueue: true } }];
  await expect(createQueueService().start(scratchCloud({ resources: fifo }))).rejects.toThrow(/no FIFO queues/);
});
