import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { afterEach, describe, expect, it } from "vitest";
import { createLocalClock } from "../../clock/local-clock.ts";
import type { JsonObject } from "../../template/deployment.ts";
import type { OutgoingMessage } from "../sqs/message.ts";
import { clientConfig } from "../testing/client-config.ts";
import {
  ACCOUNT,
  functionArnOf,
  REGION,
  type ScratchCloud,
  type ScratchCloudOptions,
  type ScratchResource,
  scratchCloud,
} from "../testing/scratch-cloud.ts";
import type { BusEvent } from "./bus-event.ts";
import { createEventService, type EventService } from "./event-service.ts";

const queueArn = `arn:aws:sqs:${REGION}:${ACCOUNT}:dead`;
const queue: readonly ScratchResource[] = [
  { type: "AWS::SQS::Queue", logicalId: "Dead", properties: { QueueName: "dead" } },
  {
    type: "AWS::SQS::QueuePolicy",
    logicalId: "DeadPolicy",
    properties: {
      Queues: ["dead"],
      PolicyDocument: {
        Statement: [
          {
            Effect: "Allow",
            Action: "sqs:SendMessage",
            Principal: { Service: "events.amazonaws.com" },
            Condition: { ArnEquals: { "aws:SourceArn": `arn:aws:events:${REGION}:${ACCOUNT}:rule/own/Rule` } },
          },
        ],
      },
    },
  },
];
const bus: ScratchResource = { type: "AWS::Events::EventBus", logicalId: "Own", properties: { Name: "own" } };

function rule(properties: JsonObject, target: JsonObject = {}, logicalId = "Rule"): ScratchResource {
  return {
    type: "AWS::Events::Rule",
    logicalId,
    properties: {
      Name: logicalId,
      EventBusName: "own",
      Targets: [{ Id: "T", Arn: functionArnOf("target"), ...target }],
      ...properties,
    },
  };
}
const onTest = { EventPattern: { source: ["test"] } };

let service: EventService | undefined;
let client: EventBridgeClient;
let cloud: ScratchCloud;
const queued: { readonly arn: string; readonly message: OutgoingMessage }[] = [];
const started: { readonly name: string; readonly input: string }[] = [];

async function start(resources: readonly ScratchResource[], options: ScratchCloudOptions = {}): Promise<void> {
  queued.length = 0;
  started.length = 0;
  service = createEventService({
    queues: {
      send: (arn, message) => {
        queued.push({ arn, message });
        return true;
      },
    },
    machines: {
      startExecution: ({ name, input }) => {
        started.push({ name, input });
        return name;
      },
    },
  });
  cloud = scratchCloud({ resources: [bus, ...queue, ...resources], ...options });
  await service.start(cloud);
  service.resume();
  client = new EventBridgeClient(clientConfig(service.endpoint ?? ""));
}

afterEach(async () => {
  client?.destroy();
  await service?.stop();
  service = undefined;
});

const put = (...entries: PutEventsRequestEntry[]) => client.send(new PutEventsCommand({ Entries: entries }));
const entry = (detail: unknown = {}, more: Partial<PutEventsRequestEntry> = {}): PutEventsRequestEntry => ({
  EventBusName: "own",
  Source: "test",
  DetailType: "thing.done.v1",
  Detail: JSON.stringify(detail),
  ...more,
});

describe("PutEvents", () => {
  it("hands a matching event in AWS's envelope to a function", async () => {
    const seen: BusEvent[] = [];
    await start([rule(onTest)], { functions: { target: (event: BusEvent) => void seen.push(event) } });
    const { Entries, FailedEntryCount } = await put(entry({ n: 1 }, { Resources: ["arn:x"], Time: new Date(0) }));
    await service?.settle?.();
    expect(FailedEntryCount).toBe(0);
    expect(seen).toEqual([
      {
        version: "0",
        id: Entries?.[0]?.EventId,
        "detail-type": "thing.done.v1",
        source: "test",
        account: ACCOUNT,
        time: "1970-01-01T00:00:00Z",
        region: REGION,
        resources: ["arn:x"],
        detail: { n: 1 },
      },
    ]);
  });

  it("reports bad entries one by one", async () => {
    await start([]);
    const { Entries, FailedEntryCount } = await put(
      entry(),
      entry({}, { Source: "" }),
      entry({}, { Detail: "{" }),
      entry({}, { Detail: "[]" }),
      entry({}, { Source: "aws.s3" }),
      entry({}, { EventBusName: "nothing" }),
    );
    expect(FailedEntryCount).toBe(5);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      "InvalidArgument",
      "MalformedDetail",
      "MalformedDetail",
      "NotAuthorizedForSourceException",
      "ResourceNotFoundException",
    ]);
  });

  it("refuses more than ten entries, and more than 256 KB", async () => {
    await start([]);
    await expect(put(...Array.from({ length: 11 }, () => entry()))).rejects.toThrow(/length between 1 and 10/);
    await expect(put(entry("x".repeat(256 * 1024)))).rejects.toThrow(/over the limit/);
  });

  it("leaves other buses, other events and disabled rules alone", async () => {
    const seen: unknown[] = [];
    await start(
      [
        rule(onTest, {}, "Other"),
        rule({ ...onTest, State: "DISABLED" }, {}, "Off"),
        rule({ ...onTest, EventBusName: "default" }, {}, "Default"),
      ],
      { functions: { target: (event: unknown) => void seen.push(event) } },
    );
    await put(entry({}, { Source: "else" }), entry());
    await service?.settle?.();
    expect(seen).toHaveLength(1);
  });
});

describe("targets", () => {
  it.each<[string, JsonObject, unknown]>([
    ["a constant", { Input: '{"a":1}' }, { a: 1 }],
    ["a part", { InputPath: "$.detail.who" }, { name: 'An "a"', n: 2 }],
    [
      "a JSON template",
      {
        InputTransformer: {
          InputPathsMap: {
            who: "$.detail.who",
            name: "$.detail.who.name",
            type: "$['detail-type']",
            none: "$.detail.none",
          },
          InputTemplate: '{"who": <who>, "text": "<name> did <type><none>", "rule": "<aws.events.rule-name>"}',
        },
      },
      { who: { name: 'An "a"', n: 2 }, text: 'An "a" did thing.done.v1', rule: "Rule" },
    ],
    [
      "a text template",
      { InputTransformer: { InputPathsMap: { n: "$.detail.who.n" }, InputTemplate: '"n is <n>"' } },
      "n is 2",
    ],
  ])("get %s", async (_, target, expected) => {
    const seen: unknown[] = [];
    await start([rule(onTest, target)], { functions: { target: (event: unknown) => void seen.push(event) } });
    await put(entry({ who: { name: 'An "a"', n: 2 } }));
    await service?.settle?.();
    expect(seen).toEqual([expected]);
  });

  it("may be a queue whose policy lets the rule send", async () => {
    await start([rule(onTest, { Arn: queueArn, InputPath: "$.detail" })]);
    await put(entry({ n: 1 }));
    await service?.settle?.();
    expect(queued).toEqual([{ arn: queueArn, message: { body: '{"n":1}' } }]);
  });

  it("may be a state machine, started with a role that is allowed to", async () => {
    const machine = {
      type: "AWS::StepFunctions::StateMachine",
      logicalId: "Flow",
      properties: { StateMachineName: "flow" },
    };
    const Arn = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:flow`;
    await start([machine, rule(onTest, { Arn, RoleArn: "arn:role", InputPath: "$.detail" })]);
    await put(entry({ n: 1 }));
    await service?.settle?.();
    expect(started).toEqual([{ name: expect.stringMatching(/_Rule$/), input: '{"n":1}' }]);
  });

  it("may be another bus", async () => {
    const seen: BusEvent[] = [];
    const Arn = `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/default`;
    await start(
      [rule(onTest, { Arn, RoleArn: "arn:role" }), rule({ ...onTest, EventBusName: "default" }, {}, "Second")],
      {
        functions: { target: (event: BusEvent) => void seen.push(event) },
      },
    );
    const { Entries } = await put(entry());
    await service?.settle?.();
    expect(seen.map(({ id }) => id)).toEqual([Entries?.[0]?.EventId]);
  });

  it("that the rule may not invoke leave the event in the dead-letter queue, with the reason", async () => {
    let calls = 0;
    await start([rule(onTest, { DeadLetterConfig: { Arn: queueArn } })], {
      functions: {
        target: () => {
          calls += 1;
        },
      },
      permit: () => false,
    });
    await put(entry({ n: 1 }));
    await service?.settle?.();
    expect(calls).toBe(0);
    expect(queued).toHaveLength(1);
    expect(JSON.parse(queued[0]?.message.body ?? "")).toMatchObject({ source: "test", detail: { n: 1 } });
    expect(queued[0]?.message.attributes).toMatchObject({
      RULE_ARN: { StringValue: cloud.arn("Rule") },
      TARGET_ARN: { StringValue: functionArnOf("target") },
      ERROR_CODE: { StringValue: "NO_PERMISSIONS" },
    });
  });

  it("lose the event loudly when the dead-letter queue does not take it", async () => {
    await start([rule(onTest, { DeadLetterConfig: { Arn: queueArn } }, "Unknown")], {
      functions: { target: () => null },
      permit: () => false,
    });
    await put(entry());
    await service?.settle?.();
    expect(queued).toEqual([]);
    expect(cloud.logged.join("\n")).toMatch(/lost/);
  });

  it("that fail are retried by Lambda; then the event is in the function's own dead-letter queue", async () => {
    let calls = 0;
    const failing: ScratchResource = {
      type: "AWS::Lambda::Function",
      logicalId: "failing",
      properties: { FunctionName: "target", Role: "arn:role", DeadLetterConfig: { TargetArn: queueArn } },
    };
    await start([failing, rule(onTest)]);
    await service?.stop();
    await start([rule(onTest)], {
      functions: {
        target: () => {
          calls += 1;
          throw new Error("no");
        },
      },
    });
    await put(entry());
    await service?.settle?.();
    expect(calls).toBe(3);
    expect(cloud.logged.join("\n")).toMatch(/no dead-letter queue or on-failure destination/);
  });

  it("get the event again after a stop in the middle of the delivery", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "events-"));
    const begun = Promise.withResolvers<void>();
    await start([rule(onTest)], {
      dataDir,
      functions: {
        target: () => {
          begun.resolve();
          return new Promise(() => undefined);
        },
      },
    });
    await put(entry({ n: 7 }));
    await begun.promise;
    client.destroy();
    await service?.stop();
    const seen: BusEvent[] = [];
    await start([rule(onTest)], { dataDir, functions: { target: (event: BusEvent) => void seen.push(event) } });
    await service?.settle?.();
    expect(seen.map(({ detail }) => detail)).toEqual([{ n: 7 }]);
    rmSync(dataDir, { recursive: true });
  });
});

describe("schedules", () => {
  it("fire when the clock passes them, for the latest missed times only", async () => {
    const clock = createLocalClock();
    const seen: BusEvent[] = [];
    await start([rule({ ScheduleExpression: "rate(1 minute)", EventBusName: "default" })], {
      clock,
      functions: { target: (event: BusEvent) => void seen.push(event) },
    });
    clock.advance("PT1M");
    await service?.settle?.();
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ source: "aws.events", "detail-type": "Scheduled Event", detail: {} });
    clock.advance("P1D");
    await service?.settle?.();
    expect(seen).toHaveLength(4);
  });
});
