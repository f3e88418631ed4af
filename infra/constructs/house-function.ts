import type { EnvName } from "@shangji/lambda/env";
import { Duration, Validations } from "aws-cdk-lib";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  type CfnFunction,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { type Entry, entryName } from "../domains/entries.ts";
import type { DeadLetterQueue } from "./dead-letter-queue.ts";
import { FunctionRole } from "./function-role.ts";
import { houseLogGroup } from "./house-log-group.ts";
import { logGroupName } from "./names.ts";
import type { FunctionPlatform } from "./platform.ts";

/** Key of the template's metadata that names a function's source, so that the local cloud can swap it. */
export const entryMetadata = "shangji:entry";

/** Values of variables that functions read. */
export type Environment = Readonly<Partial<Record<EnvName, string>>>;

export interface HouseFunctionProps {
  readonly platform: FunctionPlatform;
  /** Source of the handler; what the function is for. */
  readonly entry: Entry;
  /** Says in one sentence what the function does; shown in the console. */
  readonly description: string;
  /** @default 512: below it a cold start costs more than it saves */
  readonly memoryMb?: number;
  readonly timeoutSeconds: number;
  /** Exactly the variables that the function reads. */
  readonly environment: Environment;
  /** Where an asynchronous call ends that failed for good. @default none: the function is not called that way */
  readonly deadLetters?: DeadLetterQueue;
}

/**
 * A function in house style: Node 24 on arm64, JSON logs under the customer's key, tracing, and a role of its own that
 * may nothing but write its logs and traces until something is granted.
 */
export class HouseFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly entry: Entry;
  readonly #role: FunctionRole;

  constructor(scope: Construct, id: string, props: HouseFunctionProps) {
    super(scope, id);
    const { platform, entry } = props;
    this.entry = entry;
    const logGroup = houseLogGroup(this, "Logs", platform, logGroupName(platform.customer, entryName(entry)));
    this.#role = new FunctionRole(this, "Role");
    this.grant(["logs:CreateLogStream", "logs:PutLogEvents"], [logGroup.logGroupArn]);
    this.lambda = new LambdaFunction(this, "Function", {
      description: props.description,
      code: platform.codeOf(entry),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb ?? 512,
      timeout: Duration.seconds(props.timeoutSeconds),
      role: this.#role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      environment: props.environment ?? {},
      ...(props.deadLetters ? { deadLetterQueue: props.deadLetters.queue } : {}),
    });
    // L1 of a Function is always this class.
    (this.lambda.node.defaultChild as CfnFunction).addMetadata(entryMetadata, entry);
    props.deadLetters?.grantSend(this);
    this.acknowledge(
      "AwsSolutions-IAM5[Resource::*]",
      "xray:PutTraceSegments and xray:PutTelemetryRecords know no resources; nothing else may stand on * (tested).",
    );
  }

  /** Gives the reason for one finding of cdk-nag on the function's role. */
  acknowledge(id: string, reason: string): void {
    Validations.of(this.#role).acknowledge({ id, reason });
  }

  /** Allows exactly these actions on exactly these resources. */
  grant(
    actions: readonly string[],
    resources: readonly string[],
    conditions?: Record<string, Record<string, string | readonly string[]>>,
  ): void {
    this.#role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [...resources],
        ...(conditions ? { conditions } : {}),
      }),
    );
  }

  metricErrors(): Metric {
    return this.lambda.metricErrors({ period: Duration.minutes(5) });
  }
}
