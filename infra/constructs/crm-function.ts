import { type EnvName, env } from "@shangji/lambda/env";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { NagSuppressions } from "cdk-nag";
import { Construct } from "constructs";
import { bundleFolder } from "../bundle.ts";
import type { Customer } from "../customer.ts";

export interface CrmFunctionProps {
  /** Path below `functions/`, without its ending. */
  entry: string;
  customer: Customer;
  /** Encrypts the log group. */
  encryptionKey: IKey;
  /** Variables besides the customer's settings. @default none */
  environment?: Partial<Record<EnvName, string>>;
  /** @default 10 s: less than API Gateway's limit, so that a caller sees our answer */
  timeout?: Duration;
  /** @default 512 MB, where a cold start is no longer bound by the processor share */
  memoryMegabytes?: number;
  /** Whether the function reads the organisation's zone, currency and language. @default true */
  needsSettings?: boolean;
}

/** A Lambda with the house's defaults: arm64, Node 24, its own role and encrypted log group, tracing, JSON logs. */
export class CrmFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: CrmFunctionProps) {
    super(scope, id);
    const { customer } = props;
    const logGroup = new LogGroup(this, "Logs", {
      encryptionKey: props.encryptionKey,
      retention: customer.retention.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    role.addToPolicy(
      new PolicyStatement({ actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [logGroup.logGroupArn] }),
    );
    this.function = new LambdaFunction(this, "Function", {
      code: Code.fromAsset(bundleFolder(props.entry)),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMegabytes ?? 512,
      timeout: props.timeout ?? Duration.seconds(10),
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role,
      description: props.entry,
      environment: {
        NODE_OPTIONS: "--enable-source-maps",
        ...(props.needsSettings === false ? {} : settingsOf(customer)),
        ...props.environment,
      },
    });
    NagSuppressions.addResourceSuppressions(
      role,
      [
        {
          id: "AwsSolutions-IAM5",
          reason: "X-Ray has no resources to name, and log streams are named by Lambda itself inside this function's own group.",
          appliesTo: ["Resource::*", { regex: "/^Resource::<.*Logs.*\\.Arn>/g" }],
        },
      ],
      true,
    );
  }
}

function settingsOf(customer: Customer): Record<string, string> {
  return {
    [env.customer]: customer.customer,
    [env.orgZone]: customer.zone,
    [env.baseCurrency]: customer.baseCurrency,
    [env.defaultLocale]: customer.locale,
  };
}
