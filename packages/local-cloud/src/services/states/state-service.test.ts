import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterEach, expect, it } from "vitest";
import { createLocalClock } from "../../clock/local-clock.ts";
import type { JsonObject } from "../../template/deployment.ts";
import { clientConfig } from "../testing/client-config.ts";
import { ACCOUNT, functionArnOf, REGION, type ScratchCloudOptions, scratchCloud } from "../testing/scratch-cloud.ts";
import { createStateService, type StateService } from "./state-service.ts";

const stateMachineArn = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:flow`;
const clock = createLocalClock();
let service: StateService | undefined;
let sfn: SFNClient;
const put: JsonObject[] = [];

async function start(definition: JsonObject, options: ScratchCloudOptions = {}): Promise<void> {
  put.length = 0;
  service = createStateService({
    queues: { queue: () => undefined },
    events: {
      put: (entries) => {
        put.push(...entries);
        return entries.map(() => ({ EventId: "event" }));
      },
      putAwsEvent: () => undefined,
      busArn: (name) => `bus/${name}`,
    },
  });
  const resources = [
    {
      type: "AWS::StepFunctions::StateMachine",
      logicalId: "Flow",
      properties: { StateMachineName: "flow", RoleArn: "arn:role", DefinitionString: JSON.stringify(definition) },
    },
  ];
  await service.start(scratchCloud({ resources, clock, ...options }));
  service.resume();
  sfn = new SFNClient(clientConfig(service.endpoint ?? ""));
}

afterEach(async () => {
  sfn?.destroy();
  await service?.stop();
  service = undefined;
});

const begin = (name: string, input: unknown = {}) =>
  sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
const describeExecution = (name: string) =>
  sfn.send(
    new DescribeExecutionCommand({ executionArn: `${stateMachineArn.replace("stateMachine", "execution")}:${name}` }),
  );
async function finish(name: string, input: unknown = {}) {
  await begin(name, input);
  await service?.settle?.();
  const { status, output, error, cause } = await describeExecution(name);
  return { status, output: output === undefined ? undefined : JSON.parse(output), error, cause };
}

const task = (fn: string, more: JsonObject = {}): JsonObject => ({
  StartAt: "Work",
  States: { Work: { Type: "Task", Resource: functionArnOf(fn), End: true, ...more } },
});

/** A step that waits until it is told to go on. */
function gate() {
  const entered = Promise.withResolvers<void>();
  const open = Promise.withResolvers<unknown>();
  const step = (): Promise<unknown> => {
    entered.resolve();
    return open.promise;
  };
  return { step, entered: entered.promise, open: () => open.resolve("done") };
}

it("calls a function by its ARN with the state's input", async () => {
  await start(task("double"), { functions: { double: ({ n }: { n: number }) => ({ n: n * 2 }) } });
  expect(await finish("one", { n: 21 })).toMatchObject({ status: "SUCCEEDED", output: { n: 42 } });
});

it("calls a function through lambda:invoke and wraps its result", async () => {
  const Parameters = {
    FunctionName: functionArnOf("echo"),
    Payload: { "got.$": "$.n", "name.$": "$$.Execution.Name" },
  };
  await start(task("unused", { Resource: "arn:aws:states:::lambda:invoke", Parameters }), {
    functions: { echo: (payload: unknown) => payload },
  });
  expect(await finish("two", { n: 1 })).toMatchObject({
    output: { Payload: { got: 1, name: "two" }, StatusCode: 200, ExecutedVersion: "$LATEST" },
  });
});

it("puts events on a bus", async () => {
  const Parameters = { Entries: [{ Source: "test", DetailType: "done", "Detail.$": "$", EventBusName: "own" }] };
  await start(task("unused", { Resource: "arn:aws:states:::events:putEvents", Parameters }));
  expect(await finish("bus", { a: 1 })).toMatchObject({ status: "SUCCEEDED" });
  expect(put).toEqual([{ Source: "test", DetailType: "done", Detail: '{"a":1}', EventBusName: "own" }]);
});

it("runs a map with its concurrency, item selector, execution input and result path", async () => {
  let running = 0;
  let most = 0;
  const each = async (item: unknown): Promise<unknown> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return item;
  };
  await start(
    {
      StartAt: "Each",
      States: {
        Each: {
          Type: "Map",
          ItemsPath: "$.items",
          MaxConcurrency: 3,
          ItemSelector: { "n.$": "$$.Map.Item.Value", "at.$": "$$.Map.Item.Index", "of.$": "$.name" },
          ItemProcessor: {
            StartAt: "One",
            States: {
              One: {
                Type: "Task",
                Resource: functionArnOf("each"),
                Parameters: { "n.$": "$.n", "at.$": "$.at", "of.$": "$.of", "all.$": "$$.Execution.Input.name" },
                End: true,
              },
            },
          },
          ResultPath: "$.results",
          End: true,
        },
      },
    },
    { functions: { each } },
  );
  const { output } = await finish("map", { name: "x", items: [5, 6, 7, 8, 9, 10] });
  expect(output.results[1]).toEqual({ n: 6, at: 1, of: "x", all: "x" });
  expect(output.results).toHaveLength(6);
  expect(most).toBe(3);
});

it("retries on the local clock with growing pauses, then catches", async () => {
  const times: number[] = [];
  const failing = (): never => {
    times.push(clock.now());
    throw new TypeError("no");
  };
  await start(
    {
      StartAt: "Work",
      States: {
        Work: {
          Type: "Task",
          Resource: functionArnOf("failing"),
          Retry: [{ ErrorEquals: ["TypeError"], IntervalSeconds: 600, MaxAttempts: 2, BackoffRate: 3 }],
          Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "Caught" }],
          End: true,
        },
        Caught: { Type: "Pass", End: true },
      },
    },
    { functions: { failing } },
  );
  await begin("retry", { id: 1 });
  while (times.length < 3) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance("PT1M");
  }
  await service?.settle?.();
  const { status, output } = await describeExecution("retry");
  expect(status).toBe("SUCCEEDED");
  const { id, error } = JSON.parse(output ?? "");
  expect(id).toBe(1);
  expect(error.Error).toBe("TypeError");
  expect(JSON.parse(error.Cause)).toMatchObject({ errorMessage: "no" });
  const [first = 0, second = 0, third = 0] = times;
  expect(second - first).toBeGreaterThanOrEqual(600_000);
  expect(third - second).toBeGreaterThanOrEqual(1_800_000);
});

it("waits on the local clock", async () => {
  await start({
    StartAt: "Wait",
    States: { Wait: { Type: "Wait", SecondsPath: "$.seconds", Next: "Done" }, Done: { Type: "Succeed" } },
  });
  await begin("wait", { seconds: 86_400 });
  await new Promise((resolve) => setImmediate(resolve));
  expect((await describeExecution("wait")).status).toBe("RUNNING");
  clock.advance("P1D");
  await service?.settle?.();
  expect(await describeExecution("wait")).toMatchObject({ status: "SUCCEEDED", output: '{"seconds":86400}' });
});

it("fails with the error and cause of a Fail state", async () => {
  await start({ StartAt: "No", States: { No: { Type: "Fail", Error: "Refused", Cause: "because" } } });
  expect(await finish("fail")).toMatchObject({ status: "FAILED", error: "Refused", cause: "because" });
});

it("takes the same name with the same input for the same execution while it runs", async () => {
  const { step, entered, open } = gate();
  let calls = 0;
  await start(task("slow"), {
    functions: {
      slow: () => {
        calls += 1;
        return step();
      },
    },
  });
  const first = await begin("once", { a: 1 });
  await entered;
  const second = await begin("once", { a: 1 });
  expect(second).toMatchObject({ executionArn: first.executionArn, startDate: first.startDate });
  await expect(begin("once", { a: 2 })).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
  open();
  await service?.settle?.();
  await expect(begin("once", { a: 1 })).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
  expect(calls).toBe(1);
});

it("stops an execution that runs", async () => {
  const { step, entered } = gate();
  await start(task("slow"), { functions: { slow: step } });
  const { executionArn } = await begin("stop");
  await entered;
  await sfn.send(new StopExecutionCommand({ executionArn, cause: "enough" }));
  await service?.settle?.();
  expect(await describeExecution("stop")).toMatchObject({ status: "ABORTED", cause: "enough" });
});

it("lists executions, newest first, by status", async () => {
  await start({ StartAt: "Ok", States: { Ok: { Type: "Succeed" } } });
  await finish("a");
  await finish("b");
  const { executions } = await sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: "SUCCEEDED" }));
  expect(executions?.map(({ name }) => name)).toEqual(["b", "a"]);
});

it("limits what passes between states to 256 KiB", async () => {
  await start(task("big", { Catch: [{ ErrorEquals: ["States.ALL"], Next: "Work" }] }), {
    functions: { big: () => "x".repeat(256 * 1024) },
  });
  expect(await finish("big")).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
  await expect(begin("bigger", "x".repeat(256 * 1024))).rejects.toThrow(/larger than 262144/);
});

it("may call only what the machine's role allows", async () => {
  await start(task("work"), { functions: { work: () => 1 }, allowed: () => false });
  expect(await finish("denied")).toMatchObject({ status: "FAILED", error: "Lambda.AWSLambdaException" });
});

it("starts an interrupted execution again after a restart and remembers finished ones", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "states-"));
  const { step, entered } = gate();
  await start(task("work"), { functions: { work: step }, dataDir });
  await begin("again", { a: 1 });
  await entered;
  sfn.destroy();
  await service?.stop();
  await start(task("work"), { functions: { work: (input: unknown) => input }, dataDir });
  await service?.settle?.();
  expect(await describeExecution("again")).toMatchObject({ status: "SUCCEEDED", output: '{"a":1}' });
  sfn.destroy();
  await service?.stop();
  await start(task("work"), { functions: { work: () => 1 }, dataDir });
  await expect(begin("again", { a: 1 })).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
  rmSync(dataDir, { recursive: true });
});

it.each<[string, JsonObject, RegExp]>([
  ["JSONata", { QueryLanguage: "JSONata", StartAt: "A", States: { A: { Type: "Succeed" } } }, /not JSONata/],
  [
    "a task token",
    task("x", { Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken" }),
    /cannot run the resource/,
  ],
  [
    "another service",
    task("x", { Resource: "arn:aws:states:::sns:publish" }),
    /cannot run the resource arn:aws:states:::sns/,
  ],
  [
    "a distributed map",
    {
      StartAt: "M",
      States: {
        M: {
          Type: "Map",
          End: true,
          ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED" }, StartAt: "A", States: {} },
        },
      },
    },
    /inline maps only/,
  ],
])("refuses to start with %s", async (_, definition, message) => {
  await expect(start(definition)).rejects.toThrow(message);
});

it("fails what is run by a definition of a wrong shape, and says why", async () => {
  await start({ StartAt: "B", States: { A: { Type: "Succeed" } } });
  await begin("lost", {});
  await service?.settle?.();
  expect(await describeExecution("lost")).toMatchObject({
    status: "FAILED",
    error: "States.Runtime",
    cause: expect.stringMatching(/^state machine Flow: /),
  });
});
