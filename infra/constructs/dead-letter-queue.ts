import { Duration } from "aws-cdk-lib";
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

/** Holds what could not be handled for 14 days, encrypted, and rings as soon as something lies in it. */
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

  /** Lets a function put messages here. */
  grantSend(fn: HouseFunction): void {
    fn.grant(["sqs:SendMessage"], [this.queue.queueArn]);
    grantKey(fn, this.#platform, "sqs");
  }
}
