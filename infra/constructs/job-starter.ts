import { EventField, type EventPattern, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import { EventRule } from "./event-rule.ts";
import { FunctionAlarms } from "./function-alarms.ts";
import { HouseFunction } from "./house-function.ts";
import type { Platform } from "./platform.ts";

export interface JobStart {
  readonly description: string;
  readonly stateMachineArn: string;
  /** Type of the event, and what else must be so in it. */
  readonly when: { readonly detailType: string; readonly detail?: EventPattern["detail"] };
  /** Path in the event of the id that the job is about. */
  readonly idPath: string;
}

/**
 * Starts chunked jobs and other workflows by events: one function for all of them. A rule alone could start an execution, but not name it
 * after the event, and an event that comes twice would start two.
 */
export class JobStarter extends Construct {
  readonly #platform: Platform;
  readonly #failed: DeadLetterQueue;
  readonly #fn: HouseFunction;

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    this.#platform = platform;
    this.#failed = new DeadLetterQueue(this, "FailedStarts", {
      platform,
      impact: "A job that somebody has ordered, such as a hand-over, or the routing of a new lead has not begun.",
      runbook: "job-starts-failed",
    });
    this.#fn = new HouseFunction(this, "Start", {
      platform,
      entry: "functions/jobs/start.ts",
      description: "Starts jobs that are done in chunks",
      timeoutSeconds: 30,
      environment: {},
      deadLetters: this.#failed,
    });
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.#fn],
      impact: "Jobs that somebody has ordered, such as hand-overs, do not begin, and new leads are given to nobody.",
    });
  }

  /** Has every such event start an execution {id}, named after the event. */
  startOn(scope: Construct, id: string, { description, stateMachineArn, when, idPath }: JobStart): void {
    this.#fn.grant(["states:StartExecution"], [stateMachineArn]);
    new EventRule(scope, id, {
      description,
      fn: this.#fn,
      bus: this.#platform.bus,
      when: {
        pattern: {
          source: ["shangji"],
          detailType: [when.detailType],
          ...(when.detail ? { detail: when.detail } : {}),
        },
      },
      input: RuleTargetInput.fromObject({
        stateMachineArn,
        cause: EventField.fromPath("$.detail.id"),
        id: EventField.fromPath(idPath),
      }),
      deadLetters: this.#failed,
      patienceMinutes: 6 * 60,
    });
  }
}
