import type { StateMachineDefinition } from "aws-local-stepfunctions";
import { isList, isObject } from "../../template/assembly.ts";
import { type Json, type JsonObject, TemplateError } from "../../template/deployment.ts";

/** How a Task state retries; members as in ASL. */
export interface Retrier {
  readonly errors: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
}

/** What runs in place of a Task or Wait state. */
export type Step =
  | { readonly kind: "wait" }
  | {
      readonly kind: "task";
      readonly resource: string;
      readonly timeoutSeconds?: number;
      readonly retriers: readonly Retrier[];
    };

export interface PreparedMachine {
  readonly definition: StateMachineDefinition;
  /** By state name; names are unique in a whole machine. */
  readonly steps: ReadonlyMap<string, Step>;
}

/** Longest delay that a timer of Node takes; the engine gives every task a timer. */
const LONGEST_TIMEOUT_SECONDS = 2_147_483;

const SERVICE_TASKS = [
  "arn:aws:states:::lambda:invoke",
  "arn:aws:states:::events:putEvents",
  "arn:aws:states:::sqs:sendMessage",
];

/**
 * Prepares a definition for the engine. It keeps Choice, Map, Parallel, paths and Catch; Task and Wait states become
 * steps of our own, so that waits and the pauses of retries run on the local clock. Throws a `TemplateError` for a
 * definition that the local cloud cannot run: JSONata, distributed maps, task tokens, other services.
 */
export function prepareDefinition(name: string, source: JsonObject): PreparedMachine {
  const steps = new Map<string, Step>();
  const definition = prepareMachine(source, { name, steps });
  // The engine validates the rest of the shape when the machine first runs.
  return { definition: definition as unknown as StateMachineDefinition, steps };
}

interface Preparing {
  readonly name: string;
  readonly steps: Map<string, Step>;
}

function prepareMachine(machine: JsonObject, preparing: Preparing): JsonObject {
  if (machine.QueryLanguage !== undefined && machine.QueryLanguage !== "JSONPath") throw jsonata(preparing.name);
  const states = isObject(machine.States) ? machine.States : {};
  const prepared = Object.entries(states).map(([stateName, state]) => [
    stateName,
    prepareState(stateName, isObject(state) ? state : {}, preparing),
  ]);
  const { TimeoutSeconds, ...rest } = machine;
  const timeout =
    typeof TimeoutSeconds === "number" && TimeoutSeconds <= LONGEST_TIMEOUT_SECONDS ? { TimeoutSeconds } : {};
  return { ...rest, ...timeout, States: Object.fromEntries(prepared) };
}

function prepareState(stateName: string, given: JsonObject, preparing: Preparing): JsonObject {
  const where = `${preparing.name}, state ${stateName}`;
  if (given.QueryLanguage !== undefined && given.QueryLanguage !== "JSONPath") throw jsonata(where);
  const state = rewritePaths(given, where);
  switch (state.Type) {
    case "Task":
      return prepareTask(stateName, state, { ...preparing, where });
    case "Wait":
      preparing.steps.set(stateName, { kind: "wait" });
      return prepareWait(state);
    case "Map":
      return prepareMap(state, preparing, where);
    case "Parallel": {
      const branches = isList(state.Branches) ? state.Branches : [];
      return {
        ...state,
        Branches: branches.map((branch) => prepareMachine(isObject(branch) ? branch : {}, preparing)),
      };
    }
    default:
      return state;
  }
}

function prepareTask(stateName: string, state: JsonObject, preparing: Preparing & { where: string }): JsonObject {
  const { Retry, TimeoutSeconds, TimeoutSecondsPath, HeartbeatSeconds: _heartbeat, ...rest } = state;
  const resource = String(state.Resource);
  if (!SERVICE_TASKS.includes(resource) && !resource.startsWith("arn:aws:lambda:")) {
    throw new TemplateError(`${preparing.where}: the local cloud cannot run the resource ${resource}`);
  }
  if (TimeoutSecondsPath !== undefined)
    throw new TemplateError(`${preparing.where}: TimeoutSecondsPath is not supported`);
  preparing.steps.set(stateName, {
    kind: "task",
    resource,
    ...(typeof TimeoutSeconds === "number" ? { timeoutSeconds: TimeoutSeconds } : {}),
    retriers: (isList(Retry) ? Retry : []).map((retrier) => toRetrier(isObject(retrier) ? retrier : {})),
  });
  return { ...rest, TimeoutSeconds: LONGEST_TIMEOUT_SECONDS };
}

/** A Wait becomes a task whose input is {wait, input}; the step answers `input`. */
function prepareWait(state: JsonObject): JsonObject {
  const { Type: _type, Seconds, SecondsPath, Timestamp, TimestampPath, ...rest } = state;
  const wait = {
    ...(Seconds === undefined ? {} : { seconds: Seconds }),
    ...(SecondsPath === undefined ? {} : { "seconds.$": SecondsPath }),
    ...(Timestamp === undefined ? {} : { timestamp: Timestamp }),
    ...(TimestampPath === undefined ? {} : { "timestamp.$": TimestampPath }),
  };
  return {
    ...rest,
    Type: "Task",
    Resource: SERVICE_TASKS[0],
    TimeoutSeconds: LONGEST_TIMEOUT_SECONDS,
    Parameters: { wait, "input.$": "$" },
  };
}

function prepareMap(state: JsonObject, preparing: Preparing, where: string): JsonObject {
  const processor = isObject(state.ItemProcessor)
    ? state.ItemProcessor
    : isObject(state.Iterator)
      ? state.Iterator
      : {};
  const config = isObject(processor.ProcessorConfig) ? processor.ProcessorConfig : {};
  const distributed = [
    "ItemReader",
    "ItemBatcher",
    "ResultWriter",
    "ToleratedFailurePercentage",
    "ToleratedFailureCount",
  ];
  const found =
    config.Mode === "DISTRIBUTED" ? "Mode DISTRIBUTED" : distributed.find((member) => state[member] !== undefined);
  if (found !== undefined) throw new TemplateError(`${where}: the local cloud runs inline maps only, not ${found}`);
  const { ItemProcessor: _processor, Iterator: _iterator, ...rest } = state;
  return { ...rest, ItemProcessor: prepareMachine(processor, preparing) };
}

function toRetrier(retrier: JsonObject): Retrier {
  const number = (value: Json | undefined, otherwise: number): number =>
    typeof value === "number" ? value : otherwise;
  return {
    errors: Array.isArray(retrier.ErrorEquals) ? retrier.ErrorEquals.map(String) : [],
    intervalSeconds: number(retrier.IntervalSeconds, 1),
    maxAttempts: number(retrier.MaxAttempts, 3),
    backoffRate: number(retrier.BackoffRate, 2),
    maxDelaySeconds: number(retrier.MaxDelaySeconds, Number.POSITIVE_INFINITY),
  };
}

/**
 * The engine gives an iteration of a Map its own `$$.Execution`, so the real one goes by another name; and it takes
 * `$` as a result path for a member called `$`, though it only means the default.
 */
function rewritePaths(state: JsonObject, where: string): JsonObject {
  const rewritten = rewrite(state, where);
  return isObject(rewritten) ? rewritten : state;
}

function rewrite(value: Json, where: string): Json {
  if (typeof value === "string") {
    const unknown = /\$\$\.(?:State|Task)\b/.exec(value)?.[0];
    if (unknown !== undefined) throw new TemplateError(`${where}: the local cloud has no ${unknown}`);
    return value.startsWith("$") || value.startsWith("States.")
      ? value.replaceAll(/\$\$\.Execution\b/g, "$$$$.RootExecution")
      : value;
  }
  if (Array.isArray(value)) return value.map((entry: Json) => rewrite(entry, where));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([name, member]) => !(name === "ResultPath" && member === "$"));
  return Object.fromEntries(
    entries.map(([name, member]) => [name, member === undefined ? member : rewrite(member, where)]),
  );
}

function jsonata(where: string): TemplateError {
  return new TemplateError(`${where}: the local cloud runs JSONPath definitions only, not JSONata`);
}
