import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { grantKey } from "./grants.ts";
import type { HouseFunction } from "./house-function.ts";
import type { Platform } from "./platform.ts";
import { RunbookAlarm } from "./runbook-alarm.ts";

export interface DeadLetterQueueProps {
  readonly platform: Platform;
  /** What is missing for users while messages lie here. */
  readonly impact: string;
  /** Section of the runbook. */
  readonly runbook: string;
}

/**
 * Where work ends that failed for good. Messages stay for 14 days, under the customer's key, and one of them is enough
 * for an alarm. The queue outlives its stack: what failed must not vanish with an update.
 */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;
  readonly #platform: Platform;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id);
    const { platform } = props;
    this.#platform = platform;
    this.queue = new Queue(this, "Queue", {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: platform.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.queue).acknowledge({
      id: "AwsSolutions-SQS3",
      reason: "This queue is itself a dead-letter queue, of an event rule, a function or a stream consumer.",
    });
    new RunbookAlarm(this, "NotEmpty", {
      platform,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        statistic: "Maximum",
        period: Duration.minutes(1),
      }),
      threshold: 1,
      impact: props.impact,
      runbook: props.runbook,
    });
  }

  /** Lets a function's role put messages here, as Lambda does on its behalf. */
  grantSend(fn: HouseFunction): void {
    fn.grant(["sqs:SendMessage"], [this.queue.queueArn]);
    grantKey(fn, this.#platform, "sqs");
  }
}
