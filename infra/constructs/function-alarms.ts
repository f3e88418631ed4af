import { Duration } from "aws-cdk-lib";
import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { HouseFunction } from "./house-function.ts";
import type { Platform } from "./platform.ts";
import { RunbookAlarm } from "./runbook-alarm.ts";

export interface FunctionAlarmsProps {
  readonly platform: Platform;
  /** Functions that fail together in the eyes of a user; at most ten, the limit of a metric expression. */
  readonly functions: readonly HouseFunction[];
  /** What users feel when these functions fail. */
  readonly impact: string;
}

/** The alarm for the functions of a domain: they fail. */
export class FunctionAlarms extends Construct {
  constructor(scope: Construct, id: string, { platform, functions, impact }: FunctionAlarmsProps) {
    super(scope, id);
    new RunbookAlarm(this, "Errors", {
      platform,
      metric: new MathExpression({
        expression: functions.map((_, at) => `f${at}`).join(" + "),
        usingMetrics: Object.fromEntries(functions.map((fn, at) => [`f${at}`, fn.metricErrors()])),
        period: Duration.minutes(5),
      }),
      threshold: 5,
      impact: `Functions fail. ${impact}`,
      runbook: "function-errors",
    });
  }
}

/**
 * Lambda refuses to run functions: concurrency belongs to the account and the region, so this is one alarm for all of them.
 * An alarm for each domain would take two dozen of the five hundred resources that a stack may have.
 */
export class ConcurrencyAlarm extends Construct {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    new RunbookAlarm(this, "Throttles", {
      platform,
      // Without dimensions: over all functions of the account in the region.
      metric: new Metric({
        namespace: "AWS/Lambda",
        metricName: "Throttles",
        statistic: "Sum",
        period: Duration.minutes(5),
      }),
      threshold: 1,
      periods: 2,
      impact: "Lambda is out of concurrency: calls of the API fail, and events, imports and mail wait.",
      runbook: "function-throttles",
    });
  }
}
