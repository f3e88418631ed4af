import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { NagSuppressions } from "cdk-nag";
import { Construct } from "constructs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { crmAlarm, fiveMinutes } from "./alarms.ts";

export interface DeadLetterQueueProps {
  encryptionKey: IKey;
  /** What users notice while messages lie here. */
  impact: string;
  runbook: string;
  topic?: ITopic | undefined;
}

/** Holds what could not be handled for 14 days, encrypted, and rings as soon as something lies in it. */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, "Queue", {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.encryptionKey,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    NagSuppressions.addResourceSuppressions(this.queue, [
      { id: "AwsSolutions-SQS3", reason: "This queue is itself the dead-letter queue." },
    ]);
    crmAlarm(this, "NotEmpty", {
      metric: new Metric({
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensionsMap: { QueueName: this.queue.queueName },
        statistic: "Maximum",
        ...fiveMinutes,
      }),
      threshold: 1,
      impact: props.impact,
      runbook: props.runbook,
      topic: props.topic,
    });
  }
}
