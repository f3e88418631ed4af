import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createLocalClock } from "../clock/local-clock.ts";
import { createIam } from "../iam/simulated-iam.ts";
import { loadDeployment } from "../template/load-deployment.ts";
import { appStack, dataStack } from "../testing-fixture/stacks.ts";
import { writeRunnableAssembly } from "../testing-fixture/write-assembly.ts";
import type { LogLine } from "./log-lines.ts";
import { createRuntime } from "./runtime.ts";

/** A runtime over the fixture's stacks, the properties of its function `Things` changed as the test needs. */
async function world(properties: object = {}) {
  const app = appStack();
  Object.assign(app.Resources.Things?.Properties ?? {}, properties);
  const assembly = await writeRunnableAssembly({ TestData: dataStack(), TestApp: app });
  const deployment = loadDeployment(assembly, { apiUrl: "http://127.0.0.1:3000" });
  const clock = createLocalClock();
  const lines: LogLine[] = [];
  const runtime = createRuntime({
    deployment,
    clock,
    iam: createIam(deployment),
    endpoints: {},
    logSink: (line) => lines.push(line),
  });
  onTestFinished(() => runtime.stop());
  const invoke = (routeKey: string, more: object = {}) => runtime.invoke("TestApp-Things", { routeKey, ...more });
  return { runtime, invoke, clock, lines };
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), "local-runtime-"));

/** The invocation counter in the answer: 1 right after a cold start. */
function counted({ payload }: { payload?: unknown }): unknown {
  const { body } = payload as { body: string };
  return JSON.parse(body).invocations;
}

test("a function starts cold once and keeps its state between invocations", async () => {
  const { invoke } = await world();
  const [first, second] = await Promise.all([invoke("GET /trivial"), invoke("GET /trivial")]);
  expect([counted(first), counted(second), counted(await invoke("GET /trivial"))]).toEqual([1, 2, 3]);
});

test("a function is found by name and by ARN, with or without a qualifier; another one is an error", async () => {
  const { runtime } = await world();
  const arn = "arn:aws:lambda:eu-west-1:000000000000:function:TestApp-Things";
  for (const [name, count] of [
    ["TestApp-Things", 1],
    [arn, 2],
    [`${arn}:live`, 3],
  ] as const) {
    expect(counted(await runtime.invoke(name, { routeKey: "GET /trivial" }))).toBe(count);
  }
  await expect(runtime.invoke("Nobody", {})).rejects.toThrow("no stack declares the function Nobody");
});

test("what a function throws is a result that names the error", async () => {
  const { invoke } = await world();
  expect(await invoke("GET /throw")).toEqual({
    functionError: {
      errorType: "TypeError",
      errorMessage: "thrown on purpose",
      trace: expect.arrayContaining(["TypeError: thrown on purpose"]),
    },
  });
});

test("an invocation that takes too long fails, and the next one starts cold", async () => {
  const { invoke } = await world({ Timeout: 1 });
  const slow = await invoke("GET /slow");
  expect(slow.functionError?.errorType).toBe("Sandbox.Timedout");
  expect(slow.functionError?.errorMessage).toMatch(/Task timed out after 1.00 seconds$/);
  expect(counted(await invoke("GET /trivial"))).toBe(1);
});

test("an endless loop fails like that too, and so does what it keeps from running", async () => {
  const { runtime, invoke } = await world({ Timeout: 1 });
  const folder = newFolder();
  const code = "export const handler = ({ routeKey }) => { while (routeKey === 'loop'); return 'done'; };";
  writeFileSync(join(folder, "index.mjs"), code);
  runtime.replace("TestApp-Things", folder);
  const both = await Promise.all([invoke("loop"), invoke("walk")]);
  expect(both.map(({ functionError }) => functionError?.errorType)).toEqual(["Sandbox.Timedout", "Sandbox.Timedout"]);
  expect(await invoke("walk")).toEqual({ payload: "done" });
});

test("a crash fails what is in flight, and the next invocation starts cold", async () => {
  const { invoke } = await world();
  const never = join(newFolder(), "never");
  const held = invoke("POST /hold", { body: never });
  const crash = await invoke("GET /crash");
  expect(crash.functionError).toEqual({
    errorType: "Runtime.ExitError",
    errorMessage: "Runtime exited with error: exit status 7",
  });
  expect((await held).functionError?.errorType).toBe("Runtime.ExitError");
  expect(counted(await invoke("GET /trivial"))).toBe(1);
});

test("a function that needs more memory than it has fails, and this process lives on", async () => {
  const small = await world({ MemorySize: 64, Timeout: 60 });
  expect((await small.invoke("GET /fill")).functionError?.errorType).toBe("Runtime.OutOfMemory");
  expect(counted(await small.invoke("GET /trivial"))).toBe(1);
  const large = await world({ MemorySize: 512, Timeout: 60 });
  expect(counted(await large.invoke("GET /fill"))).toBe(1);
});

test.each<[string, string, string]>([
  ["no such file", "other.handler", "Runtime.ImportModuleError"],
  ["no such export", "index.other", "Runtime.HandlerNotFound"],
])("code that does not load fails each invocation: %s", async (_, Handler, errorType) => {
  const { invoke } = await world({ Handler });
  expect((await invoke("GET /trivial")).functionError?.errorType).toBe(errorType);
  expect((await invoke("GET /trivial")).functionError?.errorType).toBe(errorType);
});

test("replaced code serves the next invocation while the old one ends on the old code", async () => {
  const { runtime, invoke } = await world();
  const folder = newFolder();
  const release = join(folder, "release");
  writeFileSync(join(folder, "index.mjs"), "export const handler = async () => 'new code';");
  const held = invoke("POST /hold", { body: release });
  runtime.replace("TestApp-Things", folder);
  expect(await invoke("POST /hold")).toEqual({ payload: "new code" });
  expect(runtime.inFlight()).toBe(1);
  writeFileSync(release, "");
  expect(counted(await held)).toBe(1);
  await runtime.idle();
});

test("every printed line reaches the sink under the function's name", async () => {
  const { invoke, lines } = await world();
  await invoke("GET /log");
  await vi.waitFor(() => {
    expect(lines).toEqual([
      { functionName: "TestApp-Things", stream: "stdout", text: "one" },
      { functionName: "TestApp-Things", stream: "stdout", text: "two" },
    ]);
  });
});

test("a function sees the template's variables and Lambda's own, and nothing of this machine", async () => {
  process.env.MACHINE_SECRET = "hidden";
  const { invoke } = await world();
  const { payload } = await invoke("GET /environment");
  const environment = JSON.parse((payload as { body: string }).body);
  expect(environment).toMatchObject({
    TABLE_NAME: "TestData-Table",
    AWS_REGION: "eu-west-1",
    AWS_LAMBDA_FUNCTION_NAME: "TestApp-Things",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
  });
  expect(environment.MACHINE_SECRET).toBeUndefined();
  expect(environment.PATH).toBeUndefined();
});

test("a running function sees the clock move, one that starts later starts in moved time", async () => {
  const { runtime, invoke, clock } = await world();
  const day = 86_400_000;
  const ahead = async () => {
    const { payload } = await invoke("GET /now");
    return Math.round((JSON.parse((payload as { body: string }).body).now - Date.now()) / day) + 0;
  };
  expect(await ahead()).toBe(0);
  clock.advance("P3D");
  expect(await ahead()).toBe(3);
  await invoke("GET /crash");
  expect(await ahead()).toBe(3);
  expect(runtime.inFlight()).toBe(0);
});

test("what a handler returns arrives as JSON would carry it", async () => {
  const { runtime } = await world();
  const folder = newFolder();
  const code = "export const handler = async () => ({ at: new Date(0), gone: undefined, list: [undefined, NaN] });";
  writeFileSync(join(folder, "index.mjs"), code);
  runtime.replace("TestApp-Things", folder);
  expect(await runtime.invoke("TestApp-Things", {})).toEqual({
    payload: { at: "1970-01-01T00:00:00.000Z", list: [null, null] },
  });
});
