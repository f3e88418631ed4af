import { Duration } from "aws-cdk-lib";
import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { Platform } from "./platform.ts";
import { RunbookAlarm } from "./runbook-alarm.ts";

/** Operations whose faults on AWS's side users would feel. */
const operations = ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"];

/** Alarms on the table: it turns requests away, or DynamoDB itself fails. */
export class TableAlarms extends Construct {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const period = Duration.minutes(5);
    const metric = (metricName: string, dimensions: Record<string, string> = {}) =>
      new Metric({
        namespace: "AWS/DynamoDB",
        metricName,
        dimensionsMap: { TableName: platform.table.name, ...dimensions },
        statistic: "Sum",
        period,
      });
    new RunbookAlarm(this, "Throttles", {
      platform,
      metric: new MathExpression({
        expression: "reads + writes",
        usingMetrics: { reads: metric("ReadThrottleEvents"), writes: metric("WriteThrottleEvents") },
        label: "throttled requests",
        period,
      }),
      threshold: 10,
      periods: 2,
      impact: "The table turns requests away: the API slows down or answers 503, imports and analytics fall behind.",
      runbook: "table-throttles",
    });
    new RunbookAlarm(this, "SystemErrors", {
      platform,
      metric: new MathExpression({
        expression: operations.map((_, at) => `o${at}`).join(" + "),
        usingMetrics: Object.fromEntries(
          operations.map((Operation, at) => [`o${at}`, metric("SystemErrors", { Operation })]),
        ),
        label: "DynamoDB faults",
        period,
      }),
      threshold: 5,
      periods: 2,
      impact: "DynamoDB itself fails: some API requests answer 503.",
      runbook: "table-system-errors",
    });
  }
}
