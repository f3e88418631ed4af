import { retry } from "../constructs/retry.ts";

/** ARNs of the step functions of the routing of a lead. */
export interface RoutingSteps {
  readonly score: string;
  readonly assign: string;
}

/** Others at work on the same people: patiently, and not all at the same moment again. */
const whenBusy = {
  ErrorEquals: ["AssignmentBusy"],
  IntervalSeconds: 2,
  MaxAttempts: 20,
  BackoffRate: 1.5,
  MaxDelaySeconds: 60,
  JitterStrategy: "FULL",
};

/**
 * The workflow of a new lead, as ASL. Input {id} of the lead; the execution is named after the event that told of it. The
 * decision is kept beside the lead, so a step that runs again finds it. A lead that cannot be scored is given to somebody all the same.
 */
export function leadRouting({ score, assign }: RoutingSteps) {
  const step = { "leadId.$": "$.id", "cause.$": "$$.Execution.Name" };
  return {
    Comment:
      "Scores a new lead and gives it to somebody by the assignment rules. Repeating any step changes nothing twice.",
    StartAt: "Score",
    TimeoutSeconds: 60 * 60,
    States: {
      Score: {
        Type: "Task",
        Resource: score,
        Parameters: step,
        ResultPath: null,
        Retry: retry,
        Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: null, Next: "Assign" }],
        Next: "Assign",
      },
      Assign: {
        Type: "Task",
        Resource: assign,
        Parameters: step,
        Retry: [whenBusy, ...retry],
        End: true,
      },
    },
  };
}
