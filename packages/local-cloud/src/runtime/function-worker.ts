import { randomUUID } from "node:crypto";
import { Worker } from "node:worker_threads";
import type { CalledAction } from "../iam/called-actions.ts";
import type { FunctionError, InvokeResult } from "./invoke-result.ts";
import { readLines } from "./log-lines.ts";
import type { FromThread, ThreadSetup, ToThread } from "./protocol.ts";

/** AWS gives the code outside the handler 10 seconds. */
const initLimitMs = 10_000;

export interface WorkerPlan {
  readonly setup: ThreadSetup;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** AWS's text for a refused call, undefined for an allowed one. */
  judge(question: CalledAction): Promise<string | undefined>;
  log(stream: "stdout" | "stderr", line: string): void;
  /** The thread takes no more invocations, because it crashed, hung or was told to stop. */
  onRetired(): void;
  onEnded(): void;
}

interface InFlight {
  readonly resolve: (result: InvokeResult) => void;
  timer: NodeJS.Timeout | undefined;
}

/** One execution environment of a function: a thread from its cold start to its end. */
export class FunctionWorker {
  readonly #plan: WorkerPlan;
  readonly #thread: Worker;
  readonly #ready: Promise<FunctionError | undefined>;
  readonly #inFlight = new Map<number, InFlight>();
  #isReady = false;
  #retired = false;
  #lastId = 0;
  #causeOfDeath: FunctionError | undefined;

  constructor(plan: WorkerPlan) {
    this.#plan = plan;
    this.#thread = new Worker(new URL("./function-thread.ts", import.meta.url), {
      workerData: plan.setup,
      env: plan.environment,
      execArgv: [],
      stdout: true,
      stderr: true,
      name: plan.setup.functionName,
      resourceLimits: { maxOldGenerationSizeMb: plan.setup.memoryMb },
    });
    readLines(this.#thread.stdout, (line) => plan.log("stdout", line));
    readLines(this.#thread.stderr, (line) => plan.log("stderr", line));
    this.#ready = this.#start();
  }

  /** Runs the handler once. */
  async invoke(event: unknown): Promise<InvokeResult> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      this.#inFlight.set(id, { resolve, timer: undefined });
      if (this.#isReady) this.#send(id, event);
      else void this.#whenReady(id, event);
    });
  }

  /** Takes no more invocations and ends once those in flight are done. */
  drain(): void {
    this.#retire();
    if (this.#inFlight.size === 0) void this.stop();
  }

  /** Ends the thread at once; what is in flight fails. */
  async stop(): Promise<void> {
    this.#retired = true;
    await this.#thread.terminate();
  }

  tellClock(offsetMs: number): void {
    this.#post({ type: "clock", offsetMs });
  }

  #start(): Promise<FunctionError | undefined> {
    return new Promise((resolve) => {
      const limit = setTimeout(() => {
        this.#die({
          errorType: "Sandbox.Timedout",
          errorMessage: `Init timed out after ${initLimitMs / 1000}.00 seconds`,
        });
      }, initLimitMs);
      const settle = (error?: FunctionError): void => {
        clearTimeout(limit);
        resolve(error);
      };
      this.#thread.on("message", (message: FromThread) => {
        if (message.type === "ready") {
          this.#isReady = true;
          settle();
        } else if (message.type === "broken") {
          settle(message.error);
          this.#die(message.error);
        } else this.#receive(message);
      });
      this.#thread.on("error", (error) => {
        this.#causeOfDeath ??= causeOf(error);
      });
      this.#thread.on("exit", (code) => {
        const cause = this.#causeOfDeath ?? {
          errorType: "Runtime.ExitError",
          errorMessage: `Runtime exited with error: exit status ${code}`,
        };
        settle(cause);
        this.#bury(cause);
      });
    });
  }

  async #whenReady(id: number, event: unknown): Promise<void> {
    const error = await this.#ready;
    if (error === undefined) this.#send(id, event);
    else this.#settle(id, { functionError: error });
  }

  #send(id: number, event: unknown): void {
    const invocation = this.#inFlight.get(id);
    if (invocation === undefined) return;
    const { timeoutMs } = this.#plan;
    const requestId = randomUUID();
    invocation.timer = setTimeout(() => this.#timeOut(id, requestId), timeoutMs);
    this.#post({ type: "invoke", id, event, requestId, timeoutMs });
  }

  #receive(message: FromThread): void {
    if (message.type === "result") this.#settle(message.id, { payload: message.payload });
    else if (message.type === "error") this.#settle(message.id, { functionError: message.error });
    else if (message.type === "ask") void this.#answer(message.id, message.question);
  }

  async #answer(id: number, question: CalledAction): Promise<void> {
    const refusal = await this.#plan.judge(question);
    this.#post(refusal === undefined ? { type: "verdict", id } : { type: "verdict", id, refusal });
  }

  // AWS kills the environment of a function that runs too long. This thread may be serving others too, which would each
  // have an environment of their own in AWS: it gets no new work and ends when they are through, or have timed out.
  #timeOut(id: number, requestId: string): void {
    const seconds = (this.#plan.timeoutMs / 1000).toFixed(2);
    const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`;
    this.#retire();
    this.#settle(id, { functionError: { errorType: "Sandbox.Timedout", errorMessage } });
  }

  #settle(id: number, result: InvokeResult): void {
    const invocation = this.#inFlight.get(id);
    if (invocation === undefined) return;
    clearTimeout(invocation.timer);
    this.#inFlight.delete(id);
    invocation.resolve(result);
    if (this.#retired && this.#inFlight.size === 0) void this.stop();
  }

  #die(cause: FunctionError): void {
    this.#causeOfDeath ??= cause;
    this.#retire();
    void this.#thread.terminate();
  }

  #bury(cause: FunctionError): void {
    this.#retire();
    for (const id of [...this.#inFlight.keys()]) this.#settle(id, { functionError: cause });
    this.#plan.onEnded();
  }

  #retire(): void {
    if (this.#retired) return;
    this.#retired = true;
    this.#plan.onRetired();
  }

  #post(message: ToThread): void {
    this.#thread.postMessage(message);
  }
}

function causeOf(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: "Runtime.UnhandledPromiseRejection", errorMessage: String(error) };
  const outOfMemory = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
  return {
    errorType: outOfMemory ? "Runtime.OutOfMemory" : error.name,
    errorMessage: outOfMemory ? "Runtime exited with error: signal: killed" : error.message,
    trace: (error.stack ?? "").split("\n"),
  };
}
