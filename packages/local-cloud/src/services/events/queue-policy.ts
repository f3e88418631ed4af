import { arnPattern } from "../../iam/invoke-permissions.ts";
import { isObject } from "../../template/assembly.ts";
import type { Deployment, Json, JsonObject } from "../../template/deployment.ts";
import { listProperty, objectProperty } from "../../template/read-property.ts";
import { memberOf } from "../sources/mapping.ts";

/**
 * Whether a queue's resource policy lets a service of AWS send messages to it on behalf of a source (an ARN). Without
 * an `AWS::SQS::QueuePolicy` that says so, AWS drops them.
 */
export function queueAccepts(deployment: Deployment, queueArn: string, principal: string, sourceArn: string): boolean {
  const queue = deployment.find(queueArn);
  if (queue === undefined) return false;
  return deployment
    .ofType("AWS::SQS::QueuePolicy")
    .filter((policy) => listProperty(policy, "Queues").some((url) => url === queue.ref || url === queue.physicalId))
    .flatMap((policy) => asList(objectProperty(policy, "PolicyDocument").Statement))
    .some((statement) => isObject(statement) && allows(statement, principal, sourceArn));
}

function allows(statement: JsonObject, principal: string, sourceArn: string): boolean {
  if (statement.Effect !== "Allow") return false;
  const actions = asList(statement.Action).map((action) => String(action).toLowerCase());
  if (!actions.some((action) => ["sqs:sendmessage", "sqs:send*", "sqs:*", "*"].includes(action))) return false;
  const services = asList(memberOf(statement, "Principal", "Service"));
  if (statement.Principal !== "*" && !services.includes(principal)) return false;
  const sources = ["ArnEquals", "ArnLike", "StringEquals", "StringLike"].flatMap((operator) =>
    asList(memberOf(statement, "Condition", operator, "aws:SourceArn")),
  );
  return sources.length === 0 || sources.some((source) => arnPattern(String(source)).test(sourceArn));
}

function asList(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
