import type { Cloud } from "@shangji/local-cloud";

/** Calls that no function makes itself: logs and traces, its key by way of other services, its stream and its failures. */
const madeForFunctions = /^(logs|xray|kms|sqs):|^dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)$/;

/** Grants for what happens seldom, which suites of their own bring about: each with its reason. */
const seldom: [grant: RegExp, reason: string][] = [
  [/projector\.ts dynamodb:(BatchWriteItem|DeleteItem|Query) /, "a batch with too many changes for one transaction"],
  [/(audit|search)\/http\.ts dynamodb:PutItem /, "a table whose first cursor it makes"],
  [/imports\/fail\.ts dynamodb:UpdateItem /, "a workflow that failed for good"],
  [/imports\/finish\.ts dynamodb:/, "rows that refer to a later chunk"],
  [
    /(imports\/(prepare|run-chunk|finish)|protection\/run-request)\.ts s3:ListBucket /,
    "lets S3 tell that an object is missing; no call of its own",
  ],
];

/**
 * Grants of functions that no call of this cloud's life has needed, as `<function> <action> <resource>`: each is either
 * too much or not tested.
 */
export function unusedGrants({ deployment, iam }: Cloud): string[] {
  const used = iam.calls().filter(({ allowed }) => allowed);
  const unused = deployment.ofType("AWS::Lambda::Function").flatMap(({ properties, physicalId, metadata }) => {
    const roleName = String(properties.Role).replace(/^.*\//, "");
    return grantsOf(iam.policiesOf(String(properties.Role)).map(({ policy }) => policy as unknown as Policy)) // IAM's own form
      .filter(({ action }) => !madeForFunctions.test(action))
      .filter(
        ({ action, resource }) =>
          !used.some(
            (call) =>
              // A signed link is used by someone else, with the function's role.
              [physicalId, roleName].includes(call.functionName) &&
              call.action === action &&
              matcherOf(resource).test(call.resource),
          ),
      )
      .map(({ action, resource }) => `${metadata["shangji:entry"]} ${action} ${resource.split(":").at(-1)}`);
  });
  return [...new Set(unused)].filter((grant) => !seldom.some(([known]) => known.test(grant))).sort();
}

interface Policy {
  Statement: { Effect: string; Action: string | string[]; Resource: string | string[] }[];
}

function grantsOf(policies: readonly Policy[]): { action: string; resource: string }[] {
  return policies
    .flatMap(({ Statement }) => Statement)
    .flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((resource) => ({ action, resource }))),
    );
}

function matcherOf(resource: string): RegExp {
  const parts = resource.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}
