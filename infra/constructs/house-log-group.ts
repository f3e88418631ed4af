import { RemovalPolicy } from "aws-cdk-lib";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { FunctionPlatform } from "./platform.ts";

/**
 * A log group under the customer's key that forgets after the customer's days. It goes with its stack: it holds no
 * record of the business.
 */
export function houseLogGroup(scope: Construct, id: string, platform: FunctionPlatform, name: string): LogGroup {
  return new LogGroup(scope, id, {
    logGroupName: name,
    retention: platform.customer.retention.logDays,
    encryptionKey: platform.key,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
