import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { CloudContext, LocalService } from "../../service.ts";
import type { JsonObject } from "../../template/deployment.ts";
import { openKeptMap } from "../keeping/kept-map.ts";
import { type JsonOperation, jsonHandler } from "../wire/json-operations.ts";
import { type Listener, listen } from "../wire/listen.ts";
import { numberMember, requiredText, textMember } from "../wire/read-input.ts";
import { ServiceFault } from "../wire/service-fault.ts";
import type { ExecutionRecord } from "./execution-record.ts";
import type { ExecutionStarter } from "./execution-starter.ts";
import { Executions } from "./executions.ts";
import { createMachine, type Machine } from "./machine.ts";
import type { TaskPorts } from "./run-task.ts";

/** Step Functions: the state machines of the template and an endpoint to start them. */
export interface StateService extends LocalService, ExecutionStarter {
  /** Starts again what was interrupted; to be called once everything that steps may call is up. */
  resume(): void;
}

export function createStateService(ports: Pick<TaskPorts, "queues" | "events">): StateService {
  let machines: ReadonlyMap<string, Machine> = new Map();
  let executions: Executions | undefined;
  let listener: Listener | undefined;
  const machineOf = (arn: string): Machine => {
    const machine = machines.get(arn);
    if (machine === undefined)
      throw new ServiceFault("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
    return machine;
  };
  const running = (): Executions => {
    if (executions === undefined) throw new ServiceFault("ServiceUnavailable", "Not started yet.", 503);
    return executions;
  };
  return {
    name: "states",
    endpointEnv: "AWS_ENDPOINT_URL_SFN",
    get endpoint() {
      return listener?.url ?? "";
    },
    async start(ctx: CloudContext) {
      const resources = ctx.deployment.ofType("AWS::StepFunctions::StateMachine");
      const made = resources.map((resource) => createMachine(resource, { ctx, ...ports }));
      machines = new Map(made.map((machine) => [machine.arn, machine]));
      const file = ctx.dataDir && join(ctx.dataDir, "states", "executions.jsonl");
      executions = new Executions(ctx, openKeptMap<ExecutionRecord>(file));
      const operations = stateOperations(machineOf, executions);
      listener = await listen(
        jsonHandler({ target: "AWSStepFunctions", version: "1.0", operations, bodyLimit: 2_097_152 }),
      );
    },
    async stop() {
      await listener?.close();
      await executions?.stop();
    },
    resume: () => running().resume((arn) => machines.get(arn)),
    startExecution: ({ stateMachineArn, name, input }) =>
      running().start(machineOf(stateMachineArn), name, input).executionArn,
    isIdle: () => executions?.isIdle() ?? true,
    settle: async () => executions?.settle(),
  };
}

function stateOperations(
  machineOf: (arn: string) => Machine,
  executions: Executions,
): Readonly<Record<string, JsonOperation>> {
  return {
    StartExecution: (input) => {
      const machine = machineOf(requiredText(input, "stateMachineArn"));
      const { executionArn, startedAt } = executions.start(machine, nameOf(input), textMember(input, "input") ?? "{}");
      return { executionArn, startDate: startedAt / 1000 };
    },
    DescribeExecution: (input) => {
      const record = executions.get(requiredText(input, "executionArn"));
      return {
        ...summary(record),
        input: record.input,
        output: record.output,
        error: record.error,
        cause: record.cause,
      };
    },
    ListExecutions: (input) => {
      const { arn } = machineOf(requiredText(input, "stateMachineArn"));
      const found = executions.list(arn, textMember(input, "statusFilter"));
      return { executions: found.slice(0, numberMember(input, "maxResults") || 100).map(summary) };
    },
    StopExecution: (input) => {
      const error = textMember(input, "error");
      const cause = textMember(input, "cause");
      const stopped = executions.abort(requiredText(input, "executionArn"), {
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      });
      return { stopDate: (stopped.stoppedAt ?? 0) / 1000 };
    },
  };
}

function nameOf(input: JsonObject): string {
  const name = textMember(input, "name") ?? randomUUID();
  if (/^[A-Za-z0-9_-]{1,80}$/.test(name)) return name;
  throw new ServiceFault("InvalidName", `Invalid Name: '${name}'`);
}

function summary(record: ExecutionRecord): object {
  return {
    executionArn: record.executionArn,
    stateMachineArn: record.stateMachineArn,
    name: record.name,
    status: record.status,
    startDate: record.startedAt / 1000,
    ...(record.stoppedAt === undefined ? {} : { stopDate: record.stoppedAt / 1000 }),
  };
}
