import type { CloudContext } from "../../service.ts";
import { isObject } from "../../template/assembly.ts";
import type { Json } from "../../template/deployment.ts";
import { untilLocalTime } from "../timing/local-timer.ts";
import type { Retrier, Step } from "./definition.ts";
import { runTask, type TaskPorts } from "./run-task.ts";
import { requireStateSize, StateError } from "./state-error.ts";

/** What a step needs of its execution. */
export interface StepPorts extends TaskPorts {
  readonly signal: AbortSignal;
}

/** Runs a Task or Wait state; pauses run on the local clock. Throws a `StateError` when the state fails for good. */
export async function runStep(step: Step, input: Json, ports: StepPorts): Promise<Json> {
  if (step.kind === "wait") return wait(input, ports);
  requireStateSize(input, "input of the task");
  const used = new Map<Retrier, number>();
  for (;;) {
    try {
      const output = await withTimeout(runTask(step.resource, input, ports), step.timeoutSeconds, ports.signal);
      requireStateSize(output, "result of the task");
      return output;
    } catch (error) {
      ports.signal.throwIfAborted();
      const failure = error instanceof StateError ? error : new StateError("States.Runtime", String(error));
      const retrier = step.retriers.find(({ errors }) => errors.some((wanted) => matches(wanted, failure)));
      const retries = retrier === undefined ? 0 : (used.get(retrier) ?? 0);
      if (retrier === undefined || retries >= retrier.maxAttempts) throw failure;
      used.set(retrier, retries + 1);
      const seconds = Math.min(retrier.intervalSeconds * retrier.backoffRate ** retries, retrier.maxDelaySeconds);
      await untilLocalTime(ports.ctx.clock, ports.ctx.clock.now() + seconds * 1000, ports.signal);
    }
  }
}

/** `States.ALL` and `States.TaskFailed` do not stand for every error. */
function matches(wanted: string, { name, isRetryable }: StateError): boolean {
  if (wanted === name) return true;
  return isRetryable && (wanted === "States.ALL" || (wanted === "States.TaskFailed" && name !== "States.Timeout"));
}

async function wait(given: Json, { ctx, signal }: { ctx: CloudContext; signal: AbortSignal }): Promise<Json> {
  const { wait: until = {}, input = null } = isObject(given) ? given : {};
  const { seconds, timestamp } = isObject(until) ? until : {};
  const due = typeof timestamp === "string" ? Date.parse(timestamp) : ctx.clock.now() + Number(seconds) * 1000;
  if (Number.isNaN(due)) throw new StateError("States.Runtime", `Not a time to wait for: ${JSON.stringify(until)}`);
  await untilLocalTime(ctx.clock, due, signal);
  return input;
}

/** Real time: a moved clock makes no function slower. */
async function withTimeout(task: Promise<Json>, seconds: number | undefined, signal: AbortSignal): Promise<Json> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  const timer =
    seconds === undefined || seconds > 2_000_000
      ? undefined
      : setTimeout(() => reject(new StateError("States.Timeout", "The task ran out of time.")), seconds * 1000);
  try {
    return await Promise.race([task, promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
