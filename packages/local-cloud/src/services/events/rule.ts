import { isObject } from "../../template/assembly.ts";
import type { Deployment, Json, JsonObject, LocalResource } from "../../template/deployment.ts";
import { TemplateError } from "../../template/deployment.ts";
import { listProperty, optionalText } from "../../template/read-property.ts";
import { compileEventPattern, type EventTest } from "../patterns/event-pattern.ts";
import { memberOf } from "../sources/mapping.ts";
import { parseSchedule, type Schedule } from "./schedule.ts";
import { compileTargetInput, type TargetInput } from "./target-input.ts";

/** One target of a rule. */
export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly input: TargetInput;
  readonly roleArn?: string;
  readonly deadLetterArn?: string;
  readonly maximumRetries: number;
  readonly maximumAgeSeconds: number;
}

/** A rule that is enabled. */
export interface Rule {
  readonly arn: string;
  readonly name: string;
  readonly busArn: string;
  readonly matches?: EventTest;
  readonly schedule?: Schedule;
  readonly targets: readonly Target[];
}

/** Reads the enabled rules. Throws a `TemplateError` for a pattern or schedule that AWS refuses. */
export function readRules(deployment: Deployment, busArn: (nameOrArn: string | undefined) => string): Rule[] {
  return deployment
    .ofType("AWS::Events::Rule")
    .filter((resource) => optionalText(resource, "State") !== "DISABLED")
    .map((resource) => readRule(resource, busArn));
}

function readRule(resource: LocalResource, busArn: (nameOrArn: string | undefined) => string): Rule {
  const rule = { arn: resource.arn, name: resource.physicalId };
  const pattern = resource.properties.EventPattern;
  const schedule = optionalText(resource, "ScheduleExpression");
  if (pattern === undefined && schedule === undefined) {
    throw new TemplateError(`rule ${rule.name} has neither a pattern nor a schedule`);
  }
  return {
    ...rule,
    busArn: busArn(optionalText(resource, "EventBusName")),
    ...(pattern === undefined
      ? {}
      : { matches: compileEventPattern(typeof pattern === "string" ? JSON.parse(pattern) : pattern) }),
    ...(schedule === undefined ? {} : { schedule: parseSchedule(schedule) }),
    targets: listProperty(resource, "Targets").map((target) => readTarget(isObject(target) ? target : {}, rule)),
  };
}

function readTarget(target: JsonObject, rule: { readonly arn: string; readonly name: string }): Target {
  const number = (value: Json | undefined, otherwise: number): number =>
    value === undefined ? otherwise : Number(value);
  const deadLetterArn = memberOf(target, "DeadLetterConfig", "Arn");
  return {
    id: String(target.Id),
    arn: String(target.Arn),
    input: compileTargetInput(target, rule),
    ...(typeof target.RoleArn === "string" ? { roleArn: target.RoleArn } : {}),
    ...(typeof deadLetterArn === "string" ? { deadLetterArn } : {}),
    maximumRetries: number(memberOf(target, "RetryPolicy", "MaximumRetryAttempts"), 185),
    maximumAgeSeconds: number(memberOf(target, "RetryPolicy", "MaximumEventAgeInSeconds"), 86_400),
  };
}
