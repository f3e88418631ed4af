import { Duration } from "aws-cdk-lib";
import { type EventPattern, type IEventBus, Rule, type RuleTargetInput, type Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import type { DeadLetterQueue } from "./dead-letter-queue.ts";
import type { HouseFunction } from "./house-function.ts";

export interface EventRuleProps {
  readonly description: string;
  readonly fn: HouseFunction;
  readonly when: { readonly pattern: EventPattern } | { readonly schedule: Schedule };
  /** What the function gets. @default the event as it is */
  readonly input?: RuleTargetInput;
  /** @default the account's own bus */
  readonly bus?: IEventBus;
  /** Where an event ends that could not be delivered; the function's own failures go there too. */
  readonly deadLetters: DeadLetterQueue;
  /** How long delivery is tried. */
  readonly patienceMinutes: number;
}

/** Calls a function for each matching event or at each tick. */
export class EventRule extends Construct {
  constructor(scope: Construct, id: string, props: EventRuleProps) {
    super(scope, id);
    const { when } = props;
    const rule = new Rule(this, "Rule", {
      description: props.description,
      ...("pattern" in when ? { eventPattern: when.pattern } : { schedule: when.schedule }),
      ...(props.bus ? { eventBus: props.bus } : {}),
    });
    rule.addTarget(
      new LambdaFunction(props.fn.lambda, {
        deadLetterQueue: props.deadLetters.queue,
        maxEventAge: Duration.minutes(props.patienceMinutes),
        retryAttempts: 100,
        ...(props.input ? { event: props.input } : {}),
      }),
    );
  }
}
