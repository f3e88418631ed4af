import { Duration } from "aws-cdk-lib";
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { DeadLetterQueue } from "./dead-letter-queue.ts";
import type { HouseFunction } from "./house-function.ts";
import type { Platform } from "./platform.ts";
import { RunbookAlarm } from "./runbook-alarm.ts";

export interface StreamConsumerProps {
  readonly platform: Platform;
  readonly fn: HouseFunction;
  /** Kinds of items (`__edb_e__`) whose changes the function sees; all others cost nothing. */
  readonly kinds: readonly string[];
  /** Records in a batch at most. */
  readonly batchSize: number;
  /** How long a batch gathers records. @default 0: it begins with the first one */
  readonly windowSeconds?: number;
  /** Batches of one shard that run at the same time; changes of one item keep their order. @default 1 */
  readonly parallelBatches?: number;
  /** What users feel while changes wait. */
  readonly delayImpact: string;
  /** What is missing for users when a change was given up. */
  readonly lossImpact: string;
  /** Section of the runbook for changes that were given up. */
  readonly lossRunbook: string;
}

/**
 * A consumer of the table's stream. A failing record is retried alone, by bisection and partial answers, ten times and
 * for at most six hours; then its position goes to a queue and the shard moves on. Six hours leave eighteen of the
 * stream's twenty-four to repair and replay.
 */
export class StreamConsumer extends Construct {
  constructor(scope: Construct, id: string, props: StreamConsumerProps) {
    super(scope, id);
    const { platform, fn } = props;
    const failed = new DeadLetterQueue(this, "Failed", {
      platform,
      impact: props.lossImpact,
      runbook: props.lossRunbook,
    });
    failed.grantSend(fn);
    // Lambda checks all four on the stream itself, ListStreams too.
    fn.grant(
      ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
      [platform.table.streamArn],
    );
    const mapping = new EventSourceMapping(this, "Mapping", {
      target: fn.lambda,
      eventSourceArn: platform.table.streamArn,
      // LATEST would lose what is written while the mapping starts.
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: props.batchSize,
      maxBatchingWindow: Duration.seconds(props.windowSeconds ?? 0),
      parallelizationFactor: props.parallelBatches ?? 1,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(6),
      // The grant above is exact; the one of SqsDlq would allow the whole key.
      onFailure: { bind: () => ({ destination: failed.queue.queueArn }) },
      filters: [
        FilterCriteria.filter({ dynamodb: { NewImage: imageOf(props.kinds) } }),
        // A removal has no new image.
        FilterCriteria.filter({
          eventName: FilterRule.isEqual("REMOVE"),
          dynamodb: { OldImage: imageOf(props.kinds) },
        }),
      ],
    });
    const role = fn.lambda.role?.node.tryFindChild("DefaultPolicy");
    if (role) mapping.node.addDependency(role);
    new RunbookAlarm(this, "Late", {
      platform,
      metric: fn.lambda.metric("IteratorAge", { statistic: "Maximum", period: Duration.minutes(1) }),
      threshold: 60_000,
      periods: 5,
      impact: props.delayImpact,
      runbook: "stream-consumer-late",
    });
  }
}

function imageOf(kinds: readonly string[]) {
  return { __edb_e__: { S: FilterRule.or(...kinds) } };
}
