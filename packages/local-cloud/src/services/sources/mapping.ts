import type { CloudContext } from "../../service.ts";
import { isList, isObject } from "../../template/assembly.ts";
import { type Json, type JsonObject, type LocalResource, TemplateError } from "../../template/deployment.ts";
import { listProperty, objectProperty, optionalNumber, textProperty } from "../../template/read-property.ts";
import { compileEventPattern, type EventTest } from "../patterns/event-pattern.ts";

/** What all event source mappings have in common. */
export interface Mapping {
  /** `<stack>.<logical id>`. */
  readonly id: string;
  readonly sourceArn: string;
  readonly functionArn: string;
  readonly roleArn: string;
  readonly batchSize: number;
  /** Milliseconds for which a batch that is not full is held back. */
  readonly windowMs: number;
  readonly reportsItemFailures: boolean;
  /** Undefined = every record. */
  readonly filter?: EventTest;
  readonly resource: LocalResource;
}

/**
 * The enabled event source mappings whose source ARN belongs to `service` (`sqs`, `dynamodb`). Throws a
 * `TemplateError` if the function does not exist, or if its role may not do `actions` on the source: AWS refuses to
 * create such a mapping.
 */
export async function readMappings(
  ctx: CloudContext,
  service: string,
  actions: readonly string[],
  defaultBatchSize: number,
): Promise<Mapping[]> {
  const mappings = ctx.deployment
    .ofType("AWS::Lambda::EventSourceMapping")
    .filter((resource) => resource.properties.Enabled !== false)
    .filter((resource) => textProperty(resource, "EventSourceArn").split(":")[2] === service)
    .map((resource) => toMapping(ctx, resource, defaultBatchSize));
  for (const mapping of mappings) await requireAccess(ctx, mapping, actions);
  return mappings;
}

function toMapping(ctx: CloudContext, resource: LocalResource, defaultBatchSize: number): Mapping {
  const name = textProperty(resource, "FunctionName");
  const target = ctx.deployment.find(name);
  if (target === undefined) throw new TemplateError(`${resource.logicalId} maps to ${name}, which does not exist`);
  const filter = readFilter(resource);
  const windowSeconds = optionalNumber(resource, "MaximumBatchingWindowInSeconds") ?? 0;
  return {
    id: `${resource.stack}.${resource.logicalId}`,
    sourceArn: textProperty(resource, "EventSourceArn"),
    functionArn: target.arn,
    roleArn: textProperty(target, "Role"),
    batchSize: optionalNumber(resource, "BatchSize") ?? defaultBatchSize,
    windowMs: windowSeconds * 1000,
    reportsItemFailures: listProperty(resource, "FunctionResponseTypes").includes("ReportBatchItemFailures"),
    ...(filter === undefined ? {} : { filter }),
    resource,
  };
}

/** A record passes if any of the filters matches. */
function readFilter(resource: LocalResource): EventTest | undefined {
  const filters = objectProperty(resource, "FilterCriteria").Filters;
  if (!isList(filters) || filters.length === 0) return undefined;
  const tests = filters.map((filter) => {
    const pattern = isObject(filter) ? filter.Pattern : undefined;
    if (typeof pattern !== "string") throw new TemplateError(`a filter of ${resource.logicalId} has no pattern`);
    return compileEventPattern(JSON.parse(pattern));
  });
  return (record) => tests.some((test) => test(record));
}

async function requireAccess(ctx: CloudContext, mapping: Mapping, actions: readonly string[]): Promise<void> {
  for (const action of actions) {
    if (await ctx.iam.isAllowed(mapping.roleArn, action, mapping.sourceArn)) continue;
    const { logicalId, stack } = mapping.resource;
    throw new TemplateError(
      `${logicalId} in ${stack}: the role of ${mapping.functionArn} lacks ${action} on ${mapping.sourceArn}`,
    );
  }
}

/** A nested member that may be an object. */
export function memberOf(value: JsonObject, ...path: readonly string[]): Json | undefined {
  let at: Json | undefined = value;
  for (const name of path) at = isObject(at) ? at[name] : undefined;
  return at;
}
