import type { StateMachine } from "aws-local-stepfunctions";
import type { CloudContext } from "../../service.ts";
import { isObject } from "../../template/assembly.ts";
import { type Json, type JsonObject, type LocalResource, TemplateError } from "../../template/deployment.ts";
import { objectProperty, optionalText, textProperty } from "../../template/read-property.ts";
import { type PreparedMachine, prepareDefinition } from "./definition.ts";
import type { ExecutionRecord } from "./execution-record.ts";
import { runStep } from "./run-step.ts";
import type { TaskPorts } from "./run-task.ts";
import { requireStateSize, StateError } from "./state-error.ts";

/** How an execution ended. */
export type Outcome = Pick<ExecutionRecord, "status" | "output" | "error" | "cause">;

/** A state machine of the template, ready to run. */
export interface Machine {
  readonly arn: string;
  readonly name: string;
  /** Runs an execution from the top; never rejects. Aborting the signal ends it as `ABORTED`. */
  run(execution: ExecutionRecord, signal: AbortSignal): Promise<Outcome>;
}

type Engine = typeof import("aws-local-stepfunctions");

/**
 * Makes a machine of its resource. Throws a `TemplateError` if the local cloud cannot run its definition. The engine is loaded,
 * and has the shape validated, when the machine first runs: at the start all of them would take two seconds together.
 */
export function createMachine(resource: LocalResource, ports: Omit<TaskPorts, "roleArn">): Machine {
  const prepared = prepareDefinition(resource.logicalId, readDefinition(resource));
  const taskPorts: TaskPorts = { ...ports, roleArn: textProperty(resource, "RoleArn") };
  let runnable: Promise<Runnable> | undefined;
  const made = async (): Promise<Runnable> => {
    const engine = await import("aws-local-stepfunctions");
    return { engine, machine: validated(engine, resource, prepared), prepared, taskPorts };
  };
  return {
    arn: resource.arn,
    name: resource.physicalId,
    async run(execution, signal) {
      runnable ??= made();
      try {
        return await run(await runnable, execution, signal);
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        return { status: "FAILED", error: "States.Runtime", cause: error.message };
      }
    },
  };
}

function readDefinition(resource: LocalResource): JsonObject {
  const text = optionalText(resource, "DefinitionString");
  if (text === undefined) return objectProperty(resource, "Definition");
  const parsed = JSON.parse(text) as Json; // what JSON.parse gives
  if (!isObject(parsed)) throw new TemplateError(`DefinitionString of ${resource.logicalId} is not an object`);
  return parsed;
}

function validated({ StateMachine }: Engine, resource: LocalResource, { definition }: PreparedMachine): StateMachine {
  try {
    return new StateMachine(definition, { validationOptions: { checkArn: false } });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replaceAll(/\s+/g, " ") : String(cause);
    throw new TemplateError(`state machine ${resource.logicalId}: ${reason}`, { cause });
  }
}

interface Runnable {
  readonly engine: Engine;
  readonly machine: StateMachine;
  readonly prepared: PreparedMachine;
  readonly taskPorts: TaskPorts;
}

async function run(runnable: Runnable, execution: ExecutionRecord, signal: AbortSignal): Promise<Outcome> {
  const { engine, machine, prepared, taskPorts } = runnable;
  // Ends the steps of this execution whichever way it ends.
  const ended = new AbortController();
  const stepSignal = AbortSignal.any([signal, ended.signal]);
  const handlers = Array.from(prepared.steps, ([name, step]) => [
    name,
    (input: unknown) => runStep(step, input as Json, { ...taskPorts, signal: stepSignal }), // a state's input is JSON
  ]);
  const input = JSON.parse(execution.input);
  const running = machine.run(input, {
    overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) },
    context: contextOf(execution, input, taskPorts.ctx),
  });
  const onAbort = (): void => running.abort();
  signal.addEventListener("abort", onAbort, { once: true });
  let tooLarge: StateError | undefined;
  const watched = watch(running.eventLogs, taskPorts.ctx, execution, (error) => {
    tooLarge = error;
    running.abort();
  });
  try {
    const output = await running.result;
    return { status: "SUCCEEDED", output: JSON.stringify(output) };
  } catch (error) {
    if (tooLarge !== undefined) return { status: "FAILED", error: tooLarge.name, cause: tooLarge.message };
    if (error instanceof engine.ExecutionAbortedError) return { status: "ABORTED" };
    if (error instanceof engine.ExecutionTimeoutError) return { status: "TIMED_OUT", error: "States.Timeout" };
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error
      ? { status: "FAILED", error: cause.name, cause: cause.message }
      : { status: "FAILED", error: "States.Runtime", cause: String(cause) };
  } finally {
    signal.removeEventListener("abort", onAbort);
    ended.abort(new StateError("States.Runtime", "The execution has ended."));
    await watched;
  }
}

/** Follows the states: logs failures, and ends an execution whose state grows too large. */
async function watch(
  log: ReturnType<StateMachine["run"]>["eventLogs"],
  ctx: CloudContext,
  execution: ExecutionRecord,
  onTooLarge: (error: StateError) => void,
): Promise<void> {
  for await (const event of log) {
    if (event.type === "StateFailed") {
      ctx.log(`execution ${execution.name}: state ${event.state.name} failed: ${event.Error}: ${String(event.Cause)}`);
    }
    if (event.type !== "StateExited") continue;
    try {
      requireStateSize(event.state.output, `output of state ${event.state.name}`);
    } catch (error) {
      if (error instanceof StateError) onTooLarge(error);
    }
  }
}

/** The context object. `RootExecution` is what `$$.Execution` was before the definition was prepared. */
function contextOf(execution: ExecutionRecord, input: unknown, ctx: CloudContext) {
  const about = {
    Id: execution.executionArn,
    Name: execution.name,
    Input: input as Json, // a state's input is JSON
    StartTime: new Date(execution.startedAt).toISOString(),
    RoleArn: ctx.deployment.find(execution.stateMachineArn)?.properties.RoleArn,
  };
  return {
    RootExecution: about,
    StateMachine: { Id: execution.stateMachineArn, Name: execution.stateMachineArn.split(":").at(-1) },
  };
}
