import { retry } from "../constructs/retry.ts";

/** ARNs of the step functions of the routing of a lead. */
export interface RoutingSteps {
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
 * decision is kept beside the lead, so a step that runs again finds it.
 */
export function leadRouting({ assign }: RoutingSteps) {
  return {
    Comment: "Gives a new lead to somebody by the assignment rules. Repeating any step changes nothing twice.",
    StartAt: "Assign",
    TimeoutSeconds: 60 * 60,
    States: {
      Assign: {
        Type: "Task",
        Resource: assign,
        Parameters: { "leadId.$": "$.id", "cause.$": "$$.Execution.Name" },
        Retry: [whenBusy, ...retry],
        End: true,
      },
    },
  };
}
