import { Construct } from "constructs";
import type { HouseFunction } from "./house-function.ts";
import type { JobStart, JobStarter } from "./job-starter.ts";
import type { Platform } from "./platform.ts";
import { retry } from "./retry.ts";
import { Workflow } from "./workflow.ts";

export interface ChunkedJobProps {
  readonly platform: Platform;
  readonly starter: JobStarter;
  /** What it is called in logs, in kebab-case. */
  readonly name: string;
  /**
   * The function that does the work, made with `jobHandler` (packages/lambda). It is called with {id, cause} until it
   * answers {done: true}, after a pause if it answers {waitSeconds}; after it has failed for good, once more with
   * {gaveUp: true} too.
   */
  readonly worker: HouseFunction;
  /** The event that orders the job. */
  readonly when: JobStart["when"];
  /** Other events that order it. @default none */
  readonly alsoWhen?: Readonly<Record<string, JobStart["when"]>>;
  /** Path of the id that the job is about. @default `$.detail.data.id`, the record of the event */
  readonly idPath?: string;
  /** What users feel when the job ends before its time. */
  readonly impact: string;
}

/**
 * A job over more records than one call can take: an event starts it, a worker does chunk after chunk. How far it has come
 * stands in the table, so nothing is lost with an execution, and ordering the job again goes on where it stopped.
 */
export class ChunkedJob extends Construct {
  constructor(scope: Construct, id: string, props: ChunkedJobProps) {
    super(scope, id);
    const { platform, name, worker } = props;
    const workflow = new Workflow(this, "Workflow", {
      platform,
      name,
      steps: [worker],
      definition: chunkedJob(worker.lambda.functionArn),
      impact: props.impact,
      runbook: "job-failed",
    });
    for (const [order, when] of Object.entries({ Ordered: props.when, ...props.alsoWhen })) {
      props.starter.startOn(this, order, {
        description: `Starts the job ${name}`,
        stateMachineArn: workflow.arn,
        when,
        idPath: props.idPath ?? "$.detail.data.id",
      });
    }
  }
}

/**
 * The loop of a job, as ASL. A round is seven of the 25,000 entries that the history of an execution may have, and a call
 * works for half a minute, so a job may take more than a day.
 */
export function chunkedJob(worker: string) {
  const job = { "id.$": "$.id", "cause.$": "$$.Execution.Name" };
  return {
    Comment: "Calls a worker until nothing is left to do. Repeating any call changes nothing twice.",
    StartAt: "Work",
    States: {
      Work: {
        Type: "Task",
        Resource: worker,
        Parameters: job,
        ResultPath: "$.answer",
        Retry: retry,
        Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "Give up" }],
        Next: "Is anything left",
      },
      "Is anything left": {
        Type: "Choice",
        Choices: [
          { Variable: "$.answer.done", BooleanEquals: true, Next: "Done" },
          { Variable: "$.answer.waitSeconds", IsPresent: true, Next: "Wait" },
        ],
        Default: "Work",
      },
      Wait: { Type: "Wait", SecondsPath: "$.answer.waitSeconds", Next: "Work" },
      Done: { Type: "Succeed" },
      "Give up": {
        Type: "Task",
        Resource: worker,
        Parameters: { ...job, gaveUp: true },
        ResultPath: null,
        Retry: retry,
        Next: "Failed",
      },
      Failed: { Type: "Fail", Error: "JobFailed", Cause: "The job was given up; its record tells how far it came." },
    },
  };
}
