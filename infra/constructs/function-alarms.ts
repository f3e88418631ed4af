import { Duration } from "aws-cdk-lib";
import { MathExpression, type Metric } from "aws-cdk-lib/aws-cloudwatch";
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

/** Two alarms for the functions of a domain: they fail, or Lambda refuses to run them. */
export class FunctionAlarms extends Construct {
  constructor(scope: Construct, id: string, { platform, functions, impact }: FunctionAlarmsProps) {
    super(scope, id);
    const sum = (metricOf: (fn: HouseFunction) => Metric) => {
      const names = functions.map((_, at) => `f${at}`);
      return new MathExpression({
        expression: names.join(" + "),
        usingMetrics: Object.fromEntries(functions.map((fn, at) => [`f${at}`, metricOf(fn)])),
        period: Duration.minutes(5),
      });
    };
    new RunbookAlarm(this, "Errors", {
      platform,
      metric: sum((fn) => fn.metricErrors()),
      threshold: 5,
      impact: `Functions fail. ${impact}`,
      runbook: "function-errors",
    });
    new RunbookAlarm(this, "Throttles", {
      platform,
      metric: sum((fn) => fn.metricThrottles()),
      threshold: 1,
      periods: 2,
      impact: `Lambda is out of concurrency. ${impact}`,
      runbook: "function-throttles",
    });
  }
}
