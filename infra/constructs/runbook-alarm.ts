import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Construct } from "constructs";
import type { Platform } from "./platform.ts";

export interface RunbookAlarmProps {
  readonly platform: Platform;
  readonly metric: IMetric;
  /** The alarm goes off when the metric reaches this. */
  readonly threshold: number;
  /**
   * Periods in a row that must reach the threshold.
   * @default 1: the first bad period raises the alarm
   */
  readonly periods?: number;
  /**
   * Whether the alarm goes off when the metric stays below the threshold, or silent: for what must happen.
   * @default false: it goes off when the metric reaches the threshold
   */
  readonly whenBelow?: boolean;
  /** What users feel, in one sentence. */
  readonly impact: string;
  /** Heading of `infra/RUNBOOK.md` as an anchor. */
  readonly runbook: string;
}

/**
 * An alarm that says what it means for users and where the remedy stands. Silence of a metric is good news, unless
 * something must happen.
 */
export class RunbookAlarm extends Construct {
  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    super(scope, id);
    const alarm = new Alarm(this, "Alarm", {
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: props.whenBelow
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: props.periods ?? 1,
      treatMissingData: props.whenBelow ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      alarmDescription: `${props.impact} What to do: infra/RUNBOOK.md#${props.runbook}`,
    });
    const { alarmTopic } = props.platform;
    if (alarmTopic) alarm.addAlarmAction(new SnsAction(alarmTopic));
  }
}
