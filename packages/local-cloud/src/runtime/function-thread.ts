/**
 * Entry of the thread in which one function runs. It loads the bundle after AWS calls are guarded and `Date` tells
 * local time, then serves invocations, several at once.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { moveDate } from "../clock/moved-date.ts";
import { keyClasses } from "../iam/key-classes.ts";
import { guardAwsRequests } from "./guarded-request.ts";
import type { FunctionError } from "./invoke-result.ts";
import type { FromThread, ThreadSetup, ToThread } from "./protocol.ts";
import { createVerdicts } from "./verdicts.ts";

type Handler = (event: unknown, context: object) => unknown;

if (parentPort === null) throw new Error("this module is the entry of a thread");
const port = parentPort;
const setup = workerData as ThreadSetup; // as FunctionWorker gives it
const tell = (message: FromThread): void => port.postMessage(message);

moveDate(setup.clockOffsetMs);
const verdicts = createVerdicts(
  (id, question) => tell({ type: "ask", id, question }),
  keyClasses(setup.facts.keyPatterns),
);
guardAwsRequests(setup, verdicts);
if (process.env.NODE_OPTIONS?.includes("--enable-source-maps") === true) process.setSourceMapsEnabled(true);

let handler: Handler | undefined;

port.on("message", (message: ToThread) => {
  if (message.type === "invoke") void invoke(message);
  else if (message.type === "verdict") verdicts.settle(message.id, message.refusal);
  else moveDate(message.offsetMs);
});

try {
  handler = await loadHandler();
  tell({ type: "ready" });
} catch (error) {
  tell({ type: "broken", error: describe(error) });
}

async function loadHandler(): Promise<Handler> {
  const [file = "", exported = ""] = setup.handler.split(/\.(?=[^.]+$)/);
  const path = [".js", ".mjs", ".cjs"].map((ending) => join(setup.codeDir, file + ending)).find(existsSync);
  if (path === undefined)
    throw failure("Runtime.ImportModuleError", `Error: Cannot find module '${file}' in ${setup.codeDir}`);
  const loaded: Record<string, unknown> = await import(pathToFileURL(path).href);
  const found = loaded[exported];
  if (typeof found !== "function") {
    throw failure("Runtime.HandlerNotFound", `${setup.handler} is undefined or not exported`);
  }
  return (event, context) => Reflect.apply(found, undefined, [event, context]);
}

async function invoke({ id, event, requestId, timeoutMs }: ToThread & { type: "invoke" }): Promise<void> {
  try {
    const payload = await handler?.(event, lambdaContext(requestId, timeoutMs));
    tell({ type: "result", id, payload: asJson(payload) });
  } catch (error) {
    tell({ type: "error", id, error: describe(error) });
  }
}

function lambdaContext(awsRequestId: string, timeoutMs: number): object {
  const deadline = performance.now() + timeoutMs;
  return {
    awsRequestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: setup.functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: setup.functionArn,
    memoryLimitInMB: String(setup.memoryMb),
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  };
}

/** What arrives after a trip through JSON; the usual HTTP response, which holds plain text only, is spared the trip. */
function asJson(payload: unknown): unknown {
  if (payload === undefined) return null;
  if (isPlainResponse(payload)) return payload;
  const text = JSON.stringify(payload);
  return text === undefined ? null : JSON.parse(text);
}

function isPlainResponse(payload: unknown): boolean {
  if (typeof payload !== "object" || payload === null || Object.getPrototypeOf(payload) !== Object.prototype)
    return false;
  for (const [key, value] of Object.entries(payload)) {
    const plain = key === "headers" ? isFlat(value) : isScalar(value);
    if (!plain) return false;
  }
  return true;
}

function isFlat(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every(isScalar);
}

function isScalar(value: unknown): boolean {
  return (
    typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))
  );
}

function failure(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

function describe(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
  return {
    errorType: error.name,
    errorMessage: error.message,
    trace: (error.stack ?? "").split("\n"),
  };
}
