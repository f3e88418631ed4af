import type { CloudContext } from "../../service.ts";
import { TemplateError } from "../../template/deployment.ts";
import { objectProperty, optionalNumber, textProperty } from "../../template/read-property.ts";
import { type Mapping, memberOf, readMappings } from "../sources/mapping.ts";

/** An event source mapping of a table's stream. */
export interface StreamMapping extends Mapping {
  readonly tableName: string;
  readonly startingPosition: "TRIM_HORIZON" | "LATEST";
  /** Batches of one shard that run at once. */
  readonly parallel: number;
  /** Retries after the first attempt; `Infinity` as AWS's default. */
  readonly retries: number;
  readonly maxAgeSeconds: number;
  readonly bisects: boolean;
  /** Queue that hears of records which were given up. */
  readonly onFailureArn?: string;
}

const READ_ACTIONS = ["dynamodb:DescribeStream", "dynamodb:GetShardIterator", "dynamodb:GetRecords"];

/** Reads the mappings of table streams; throws a `TemplateError` for what the local cloud cannot run. */
export async function readStreamMappings(ctx: CloudContext): Promise<StreamMapping[]> {
  const mappings = await readMappings(ctx, "dynamodb", READ_ACTIONS, 100);
  return Promise.all(mappings.map((mapping) => toStreamMapping(ctx, mapping)));
}

async function toStreamMapping(ctx: CloudContext, mapping: Mapping): Promise<StreamMapping> {
  const { resource } = mapping;
  const startingPosition = textProperty(resource, "StartingPosition");
  if (startingPosition !== "TRIM_HORIZON" && startingPosition !== "LATEST") {
    throw new TemplateError(`${resource.logicalId}: the local cloud cannot start a stream at ${startingPosition}`);
  }
  if (optionalNumber(resource, "TumblingWindowInSeconds")) {
    throw new TemplateError(`${resource.logicalId}: the local cloud has no tumbling windows`);
  }
  const unlimited = (name: string): number => {
    const value = optionalNumber(resource, name) ?? -1;
    return value < 0 ? Number.POSITIVE_INFINITY : value;
  };
  const onFailureArn = await onFailure(ctx, mapping);
  return {
    ...mapping,
    tableName: /:table\/([^/]+)\//.exec(mapping.sourceArn)?.[1] ?? "",
    startingPosition,
    parallel: optionalNumber(resource, "ParallelizationFactor") ?? 1,
    retries: unlimited("MaximumRetryAttempts"),
    maxAgeSeconds: unlimited("MaximumRecordAgeInSeconds"),
    bisects: resource.properties.BisectBatchOnFunctionError === true,
    ...(onFailureArn === undefined ? {} : { onFailureArn }),
  };
}

async function onFailure(ctx: CloudContext, { resource, roleArn }: Mapping): Promise<string | undefined> {
  const arn = memberOf(objectProperty(resource, "DestinationConfig"), "OnFailure", "Destination");
  if (arn === undefined) return undefined;
  if (typeof arn !== "string" || ctx.deployment.find(arn)?.type !== "AWS::SQS::Queue") {
    throw new TemplateError(
      `${resource.logicalId}: the local cloud sends failed records to queues only, not to ${arn}`,
    );
  }
  if (!(await ctx.iam.isAllowed(roleArn, "sqs:SendMessage", arn))) {
    throw new TemplateError(`${resource.logicalId}: the function's role lacks sqs:SendMessage on ${arn}`);
  }
  return arn;
}
