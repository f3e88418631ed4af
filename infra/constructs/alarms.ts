import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";

export interface CrmAlarmProps {
  metric: IMetric;
  threshold: number;
  /** What users notice, in one sentence. */
  impact: string;
  /** Heading of its section in RUNBOOK.md. */
  runbook: string;
  /** Where it is sent. @default nowhere: it only shows */
  topic?: ITopic | undefined;
  /** @default 1 */
  periods?: number;
}

/** An alarm that says what users notice and where its runbook section is. */
export function crmAlarm(scope: Construct, id: string, props: CrmAlarmProps): Alarm {
  const anchor = props.runbook.toLowerCase().replaceAll(" ", "-");
  const alarm = new Alarm(scope, id, {
    metric: props.metric,
    threshold: props.threshold,
    evaluationPeriods: props.periods ?? 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: `${props.impact} Runbook: infra/RUNBOOK.md#${anchor}`,
  });
  if (props.topic) alarm.addAlarmAction(new SnsAction(props.topic));
  return alarm;
}

export const fiveMinutes = { period: Duration.minutes(5) };
