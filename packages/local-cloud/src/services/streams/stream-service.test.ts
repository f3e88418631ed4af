import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, DeleteItemCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type DynamoDbEngine, startDynamoDb } from "../../engines/dynamodb.ts";
import type { LocalService } from "../../service.ts";
import type { JsonObject } from "../../template/deployment.ts";
import { clientConfig } from "../testing/client-config.ts";
import { ACCOUNT, REGION, type ScratchCloud, scratchCloud } from "../testing/scratch-cloud.ts";
import { createStreamService } from "./stream-service.ts";

let engine: DynamoDbEngine;
let dynamo: DynamoDBClient;
let tables = 0;
let table: string;
let service: LocalService | undefined;
let cloud: ScratchCloud;
const sent: { readonly queue: string; readonly body: Record<string, never> }[] = [];

interface Event {
  readonly Records: readonly {
    readonly eventName: string;
    readonly eventSourceARN: string;
    readonly dynamodb: {
      readonly SequenceNumber: string;
      readonly Keys: { readonly pk: { readonly S: string } };
      readonly NewImage?: { readonly n?: { readonly N: string } };
    };
  }[];
}

const failedQueue = `arn:aws:sqs:${REGION}:${ACCOUNT}:failed`;

beforeAll(async () => {
  engine = await startDynamoDb();
  dynamo = new DynamoDBClient(clientConfig(engine.endpoint));
});
afterAll(async () => {
  dynamo.destroy();
  await engine.stop();
});

beforeEach(async () => {
  tables += 1;
  table = `table-${tables}`;
  sent.length = 0;
  await dynamo.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
    }),
  );
});
afterEach(async () => {
  await service?.stop();
  service = undefined;
});

async function start(
  consume: (event: Event) => unknown,
  mapping: JsonObject = {},
  {
    other,
    ...more
  }: {
    dataDir?: string;
    allowed?: () => boolean;
    isBusy?: () => boolean;
    other?: { consume: typeof consume; mapping?: JsonObject };
  } = {},
): Promise<void> {
  const streamMapping = (logicalId: string, functionName: string, properties: JsonObject) => ({
    type: "AWS::Lambda::EventSourceMapping",
    logicalId,
    properties: {
      EventSourceArn: `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${table}/stream/local`,
      FunctionName: functionName,
      StartingPosition: "TRIM_HORIZON",
      ...properties,
    },
  });
  cloud = scratchCloud({
    functions: { consumer: consume, ...(other ? { other: other.consume } : {}) },
    endpoints: { AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint },
    resources: [
      { type: "AWS::SQS::Queue", logicalId: "Failed", properties: { QueueName: "failed" } },
      streamMapping("Mapping", "consumer", mapping),
      ...(other ? [streamMapping("Other", "other", other.mapping ?? {})] : []),
    ],
    ...more,
  });
  service = createStreamService({
    send: (queue, { body }) => {
      sent.push({ queue, body: JSON.parse(body) });
      return true;
    },
  });
  await service.start(cloud);
}

const put = (pk: string, n = 0) =>
  dynamo.send(new PutItemCommand({ TableName: table, Item: { pk: { S: pk }, n: { N: String(n) } } }));
const keysOf = (event: Event): string[] => event.Records.map(({ dynamodb }) => dynamodb.Keys.pk.S);

it("hands on maps and lists that are empty as what they are, wherever they stand", async () => {
  const events: Event[] = [];
  await start((event) => void events.push(event));
  const details = { M: { none: { M: {} }, list: { L: [{ M: {} }, { L: [] }] }, text: { S: "a:{}" } } };
  await dynamo.send(new PutItemCommand({ TableName: table, Item: { pk: { S: "a" }, top: { M: {} }, details } }));
  await service?.settle?.();
  const [record] = events.flatMap(({ Records }) => Records);
  expect(record?.dynamodb.NewImage).toEqual({ pk: { S: "a" }, top: { M: {} }, details });
});

it("hands inserts, changes and removals to the function in order, in Lambda's shape", async () => {
  const events: Event[] = [];
  await start((event) => void events.push(event));
  await put("a", 1);
  await put("a", 2);
  await dynamo.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: "a" } } }));
  await service?.settle?.();
  const records = events.flatMap(({ Records }) => Records);
  expect(records.map(({ eventName }) => eventName)).toEqual(["INSERT", "MODIFY", "REMOVE"]);
  expect(records[1]).toEqual({
    eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
    eventName: "MODIFY",
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: REGION,
    eventSourceARN: `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${table}/stream/local`,
    dynamodb: {
      ApproximateCreationDateTime: expect.any(Number),
      Keys: { pk: { S: "a" } },
      NewImage: { pk: { S: "a" }, n: { N: "2" } },
      OldImage: { pk: { S: "a" }, n: { N: "1" } },
      SequenceNumber: expect.stringMatching(/^\d+$/),
      SizeBytes: expect.any(Number),
      StreamViewType: "NEW_AND_OLD_IMAGES",
    },
  });
});

const samples = new URL("../../../../../../shared/data/aws-events/dynamodb-stream/", import.meta.url);
const sampleFiles = ((): string[] => {
  try {
    return readdirSync(samples).filter((name) => name.includes("dynamo"));
  } catch {
    return [];
  }
})();

it.runIf(sampleFiles.length > 0)("uses no other members and types than AWS's own samples", async () => {
  const shape = (value: unknown, path = ""): string[] => {
    if (Array.isArray(value)) return value.flatMap((entry) => shape(entry, `${path}[]`));
    if (typeof value !== "object" || value === null) return [`${path}:${typeof value}`];
    if (/Image$|Keys$/.test(path)) return [`${path}:item`];
    return Object.entries(value).flatMap(([name, member]) => shape(member, `${path}.${name}`));
  };
  const known = new Set(sampleFiles.flatMap((file) => shape(JSON.parse(readFileSync(new URL(file, samples), "utf8")))));
  const events: Event[] = [];
  await start((event) => void events.push(event));
  await put("a");
  await put("a", 2);
  await service?.settle?.();
  expect(events.flatMap((event) => shape(event)).filter((line) => !known.has(line))).toEqual([]);
});

it("reaches the function soon after an idle time", async () => {
  let arrived = (): void => undefined;
  await start(() => arrived());
  await put("warm up");
  await service?.settle?.();
  const waits: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    await service?.settle?.();
    const reached = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    await put(`key ${round}`);
    const written = performance.now();
    await reached;
    waits.push(performance.now() - written);
  }
  // Generous, for a busy machine; the pause between two reads is at most 80 ms.
  expect(Math.min(...waits)).toBeLessThan(250);
});

it("passes only what a filter lets through", async () => {
  const keys: string[] = [];
  const pattern = { eventName: ["INSERT"], dynamodb: { NewImage: { n: { N: ["1"] } } } };
  await start((event) => void keys.push(...keysOf(event)), {
    FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] },
  });
  await put("a", 1);
  await put("b", 2);
  await put("a", 2);
  await put("c", 1);
  await service?.settle?.();
  expect(keys).toEqual(["a", "c"]);
});

it("never exceeds the batch size", async () => {
  for (let at = 0; at < 25; at += 1) await put(`k${at}`);
  const sizes: number[] = [];
  await start((event) => void sizes.push(event.Records.length), { BatchSize: 10 });
  await service?.settle?.();
  expect(sizes).toEqual([10, 10, 5]);
});

it("isolates a poison record by bisection and sends its position to the failure queue", async () => {
  const done: string[] = [];
  let poison: string | undefined;
  for (let at = 0; at < 8; at += 1) await put(`k${at}`);
  await start(
    (event) => {
      poison ??= event.Records.find(({ dynamodb }) => dynamodb.Keys.pk.S === "k5")?.dynamodb.SequenceNumber;
      if (keysOf(event).includes("k5")) throw new Error("poison");
      done.push(...keysOf(event));
    },
    {
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: failedQueue } },
    },
  );
  await service?.settle?.();
  expect(done).toEqual(["k0", "k1", "k2", "k3", "k4", "k6", "k7"]);
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({
    queue: failedQueue,
    body: {
      version: "1.0",
      requestContext: {
        functionArn: cloud.arn("consumer"),
        condition: "RetryAttemptsExhausted",
        approximateInvokeCount: 3,
      },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      DDBStreamBatchInfo: {
        shardId: expect.stringMatching(/^shardId-/),
        startSequenceNumber: poison,
        endSequenceNumber: poison,
        batchSize: 1,
        streamArn: expect.stringContaining(`table/${table}/stream/`),
      },
    },
  });
});

it("retries from the lowest failed record when the function reports items", async () => {
  for (let at = 0; at < 5; at += 1) await put(`k${at}`);
  const batches: string[][] = [];
  await start(
    (event) => {
      batches.push(keysOf(event));
      if (batches.length > 1) return { batchItemFailures: [] };
      const failed = event.Records.filter(({ dynamodb }) => ["k3", "k2"].includes(dynamodb.Keys.pk.S));
      return {
        batchItemFailures: failed.reverse().map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })),
      };
    },
    { FunctionResponseTypes: ["ReportBatchItemFailures"] },
  );
  await service?.settle?.();
  expect(batches).toEqual([
    ["k0", "k1", "k2", "k3", "k4"],
    ["k2", "k3", "k4"],
  ]);
});

it.each([
  ["an unknown identifier", { batchItemFailures: [{ itemIdentifier: "0" }] }],
  ["an empty identifier", { batchItemFailures: [{ itemIdentifier: "" }] }],
  ["a misspelt member", { batchItemFailures: [{ id: "1" }] }],
])("retries the whole batch for %s", async (_, answer) => {
  await put("a");
  await put("b");
  const batches: string[][] = [];
  await start(
    (event) => {
      batches.push(keysOf(event));
      return batches.length === 1 ? answer : null;
    },
    { FunctionResponseTypes: ["ReportBatchItemFailures"] },
  );
  await service?.settle?.();
  expect(batches).toEqual([
    ["a", "b"],
    ["a", "b"],
  ]);
});

it("keeps the order of each key while batches run in parallel", async () => {
  const seen = new Map<string, number[]>();
  for (let n = 0; n < 10; n += 1) await Promise.all(["a", "b", "c", "d", "e"].map((key) => put(key, n)));
  let running = 0;
  let most = 0;
  await start(
    async (event) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      for (const { dynamodb } of event.Records) {
        const key = dynamodb.Keys.pk.S;
        seen.set(key, [...(seen.get(key) ?? []), Number(dynamodb.NewImage?.n?.N)]);
      }
      running -= 1;
    },
    { ParallelizationFactor: 4, BatchSize: 3 },
  );
  await service?.settle?.();
  expect([...seen.values()]).toEqual(Array.from({ length: 5 }, () => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  expect(most).toBeGreaterThan(1);
});

it("gives up records that are too old", async () => {
  await put("a");
  let attempts = 0;
  await start(
    () => {
      attempts += 1;
      cloud.clock.advance("PT1H");
      throw new Error("never");
    },
    { MaximumRecordAgeInSeconds: 600, DestinationConfig: { OnFailure: { Destination: failedQueue } } },
  );
  await service?.settle?.();
  expect(attempts).toBe(1);
  expect(sent[0]?.body).toMatchObject({ requestContext: { condition: "RecordAgeExceeded" } });
});

it("goes on behind the last finished record after a restart", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "streams-"));
  const keys: string[] = [];
  const consume = (event: Event): void => void keys.push(...keysOf(event));
  await start(consume, {}, { dataDir });
  await put("a");
  await service?.settle?.();
  await service?.stop();
  await put("b");
  await start(consume, {}, { dataDir });
  await service?.settle?.();
  expect(keys).toEqual(["a", "b"]);
  rmSync(dataDir, { recursive: true });
});

it("hands over again what was in work when it stopped", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "streams-"));
  let begun = (): void => undefined;
  const inWork = new Promise<void>((resolve) => {
    begun = resolve;
  });
  await start(
    () => {
      begun();
      return new Promise(() => undefined);
    },
    {},
    { dataDir },
  );
  await put("a");
  await inWork;
  await service?.stop();
  const keys: string[] = [];
  await start((event) => void keys.push(...keysOf(event)), {}, { dataDir });
  await service?.settle?.();
  expect(keys).toEqual(["a"]);
  rmSync(dataDir, { recursive: true });
});

it("gives each of a stream's mappings what it wants, from where it has come to", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "streams-"));
  const seen: string[] = [];
  const consume = (event: Event): void => void seen.push(...keysOf(event));
  let begun = (): void => undefined;
  const inWork = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const hangs = (): Promise<never> => {
    begun();
    return new Promise(() => undefined);
  };
  await put("a");
  await start(consume, {}, { dataDir, other: { consume: hangs } });
  await inWork;
  const checkpoints = join(dataDir, "streams", "checkpoints.jsonl");
  // Until it is kept that the first mapping is done.
  while (!existsSync(checkpoints) || readFileSync(checkpoints, "utf8") === "") await new Promise(setImmediate);
  await service?.stop();
  await put("b");
  const seenByOther: string[] = [];
  const onlyA = { Filters: [{ Pattern: JSON.stringify({ dynamodb: { Keys: { pk: { S: ["a"] } } } }) }] };
  await start(
    consume,
    {},
    {
      dataDir,
      other: {
        consume: (event) => void seenByOther.push(...keysOf(event)),
        mapping: { FilterCriteria: onlyA },
      },
    },
  );
  await service?.settle?.();
  expect(seen).toEqual(["a", "b"]);
  expect(seenByOther).toEqual(["a"]);
  rmSync(dataDir, { recursive: true });
});

it("ends a window early when nothing more comes, or when someone waits for the work to be done", async () => {
  const batches: string[][] = [];
  let arrived = (): void => undefined;
  const arrival = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const consume = (event: Event): void => {
    batches.push(keysOf(event));
    arrived();
  };
  // A window longer than any test may take.
  await start(consume, { MaximumBatchingWindowInSeconds: 300, BatchSize: 1000 });
  await put("a");
  await put("b");
  await arrival;
  await put("c");
  await service?.settle?.();
  expect(batches.flat()).toEqual(["a", "b", "c"]);
  expect(batches.at(-1)).toEqual(["c"]);
});

it("lets a mapping that has a window wait while the API is busy, and no other", async () => {
  let isBusy = true;
  const batches: string[][] = [];
  const [late, prompt] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const promptKeys: string[] = [];
  await start(
    (event) => {
      batches.push(keysOf(event));
      if (batches.flat().length === 3) late.resolve();
    },
    { MaximumBatchingWindowInSeconds: 300, BatchSize: 2 },
    {
      isBusy: () => isBusy,
      other: {
        consume: (event) => {
          promptKeys.push(...keysOf(event));
          if (promptKeys.length === 3) prompt.resolve();
        },
      },
    },
  );
  for (const key of ["a", "b", "c"]) await put(key);
  await prompt.promise;
  expect(batches).toEqual([]);
  isBusy = false;
  await late.promise;
  expect(batches).toEqual([["a", "b"], ["c"]]);
});

it("sends what waits for a busy API when someone waits for the work to be done", async () => {
  const seen: string[] = [];
  const mapping = { MaximumBatchingWindowInSeconds: 300, BatchSize: 1000 };
  await start((event) => void seen.push(...keysOf(event)), mapping, { isBusy: () => true });
  await put("a");
  await service?.settle?.();
  expect(seen).toEqual(["a"]);
});

it("refuses a mapping whose function may not read the stream", async () => {
  await expect(start(() => null, {}, { allowed: () => false })).rejects.toThrow(/lacks dynamodb:DescribeStream/);
});
