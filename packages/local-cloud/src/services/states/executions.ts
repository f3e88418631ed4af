import type { CloudContext } from "../../service.ts";
import type { KeptMap } from "../keeping/kept-map.ts";
import { PendingWork } from "../timing/pending-work.ts";
import { ServiceFault } from "../wire/service-fault.ts";
import type { ExecutionRecord } from "./execution-record.ts";
import type { Machine } from "./machine.ts";
import { MOST_STATE_BYTES } from "./state-error.ts";

/** For so long AWS remembers a finished execution and refuses its name. */
const REMEMBERED_MS = 90 * 86_400_000;

/** The executions of all machines of a cloud. */
export class Executions {
  readonly #ctx: CloudContext;
  readonly #records: KeptMap<ExecutionRecord>;
  readonly #running = new Map<string, AbortController>();
  readonly #work = new PendingWork();
  #stopping = false;

  constructor(ctx: CloudContext, records: KeptMap<ExecutionRecord>) {
    this.#ctx = ctx;
    this.#records = records;
  }

  /**
   * Starts an execution. The same name with the same input while it runs is the same execution; any other use of a
   * name is refused with `ExecutionAlreadyExists`.
   */
  start(machine: Machine, name: string, input: string): ExecutionRecord {
    requireInput(input);
    const executionArn = `${machine.arn.replace(":stateMachine:", ":execution:")}:${name}`;
    const known = this.#records.get(executionArn);
    if (known?.status === "RUNNING" && known.input === input) return known;
    if (known !== undefined) {
      throw new ServiceFault("ExecutionAlreadyExists", `Execution Already Exists: '${executionArn}'`);
    }
    const record: ExecutionRecord = {
      ...{ executionArn, stateMachineArn: machine.arn, name, input },
      startedAt: this.#ctx.clock.now(),
      status: "RUNNING",
    };
    this.#records.set(executionArn, record);
    this.#run(machine, record);
    return record;
  }

  /** Starts from the top what a stop or crash interrupted, and forgets what AWS would have forgotten. */
  resume(machineOf: (arn: string) => Machine | undefined): void {
    const oldest = this.#ctx.clock.now() - REMEMBERED_MS;
    for (const record of [...this.#records.values()]) {
      const machine = machineOf(record.stateMachineArn);
      if (record.status !== "RUNNING") {
        if ((record.stoppedAt ?? 0) < oldest) this.#records.delete(record.executionArn);
      } else if (machine === undefined) {
        this.#finish(record, { status: "ABORTED", cause: "Its state machine is no longer in the template." });
      } else {
        this.#run(machine, record);
      }
    }
  }

  get(executionArn: string): ExecutionRecord {
    const record = this.#records.get(executionArn);
    if (record !== undefined) return record;
    throw new ServiceFault("ExecutionDoesNotExist", `Execution Does Not Exist: '${executionArn}'`);
  }

  /** Newest first. */
  list(stateMachineArn: string, status: string | undefined): ExecutionRecord[] {
    return [...this.#records.values()]
      .filter((record) => record.stateMachineArn === stateMachineArn && (status ?? record.status) === record.status)
      .reverse();
  }

  /** Ends a running execution as `ABORTED`; one that has ended stays as it is. */
  abort(executionArn: string, reason: Pick<ExecutionRecord, "error" | "cause">): ExecutionRecord {
    const record = this.get(executionArn);
    if (record.status !== "RUNNING") return record;
    const aborted = this.#finish(record, { status: "ABORTED", ...reason });
    this.#running.get(executionArn)?.abort(new Error("The execution was stopped."));
    return aborted;
  }

  isIdle(): boolean {
    return this.#work.isIdle();
  }

  settle(): Promise<void> {
    return this.#work.settle();
  }

  /** Ends the work without an outcome: what runs is started again by `resume`. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const controller of this.#running.values()) controller.abort(new Error("The local cloud stops."));
    await this.#work.settle();
    this.#records.close();
  }

  #run(machine: Machine, record: ExecutionRecord): void {
    const controller = new AbortController();
    this.#running.set(record.executionArn, controller);
    void this.#work.run(async () => {
      const outcome = await machine.run(record, controller.signal);
      this.#running.delete(record.executionArn);
      if (this.#stopping || this.get(record.executionArn).status !== "RUNNING") return;
      this.#finish(record, outcome);
      if (outcome.status !== "SUCCEEDED") {
        this.#ctx.log(`execution ${record.name} ${outcome.status}: ${outcome.error ?? ""} ${outcome.cause ?? ""}`);
      }
    });
  }

  #finish(record: ExecutionRecord, outcome: Partial<ExecutionRecord>): ExecutionRecord {
    const finished = { ...record, ...outcome, stoppedAt: this.#ctx.clock.now() };
    this.#records.set(record.executionArn, finished);
    return finished;
  }
}

function requireInput(input: string): void {
  if (Buffer.byteLength(input) > MOST_STATE_BYTES) {
    throw new ServiceFault("ValidationException", `The input is larger than ${MOST_STATE_BYTES} bytes.`);
  }
  try {
    JSON.parse(input);
  } catch {
    throw new ServiceFault("InvalidExecutionInput", "Invalid State Machine Execution Input: it is not JSON.");
  }
}
