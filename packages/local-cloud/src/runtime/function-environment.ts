import { devNull } from "node:os";
import { isObject } from "../template/assembly.ts";
import type { LocalResource } from "../template/deployment.ts";
import { objectProperty, optionalText } from "../template/read-property.ts";

export interface EnvironmentFacts {
  readonly region: string;
  readonly memoryMb: number;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Base URLs by environment variable. */
  readonly endpoints: Readonly<Record<string, string>>;
}

/**
 * The environment variables of a function: those of the template and those that Lambda sets. Nothing of the machine's
 * own environment gets in, its AWS configuration least of all.
 */
export function functionEnvironment(resource: LocalResource, facts: EnvironmentFacts): Record<string, string> {
  const { Variables: declared } = objectProperty(resource, "Environment");
  const own = Object.entries(isObject(declared) ? declared : {}).map(([name, value]) => [name, String(value)]);
  const name = resource.physicalId;
  return {
    ...Object.fromEntries(own),
    ...Object.fromEntries(Object.entries(facts.endpoints).filter(([variable]) => !reachedByHost.has(variable))),
    AWS_REGION: facts.region,
    AWS_DEFAULT_REGION: facts.region,
    AWS_ACCESS_KEY_ID: facts.accessKeyId,
    AWS_SECRET_ACCESS_KEY: facts.secretAccessKey,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_EXECUTION_ENV: `AWS_Lambda_${optionalText(resource, "Runtime") ?? "nodejs24.x"}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(facts.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "local",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
  };
}

// These two are reached under AWS's own host names, which are redirected: the SDK sends to the host of a queue's URL and
// warns when that is not the configured endpoint, and a user pool's host name is the issuer in its tokens.
const reachedByHost = new Set(["AWS_ENDPOINT_URL_SQS", "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"]);
