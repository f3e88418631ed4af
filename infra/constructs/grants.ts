import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Stack } from "aws-cdk-lib";

export type TableAction =
  | "GetItem"
  | "BatchGetItem"
  | "Query"
  | "PutItem"
  | "UpdateItem"
  | "DeleteItem"
  | "BatchWriteItem"
  | "ConditionCheckItem";

/** What a function may do with the table: exactly these actions, and queries on exactly these indexes. */
export interface TableGrant {
  actions: readonly TableAction[];
  /** Names of indexes that the function queries. @default none */
  indexes?: readonly string[];
}

/** Grants exactly what is named, and the use of the key through DynamoDB only. */
export function grantTable(fn: IFunction, table: ITable, key: IKey, { actions, indexes = [] }: TableGrant): void {
  fn.addToRolePolicy(
    new PolicyStatement({ actions: actions.map((action) => `dynamodb:${action}`), resources: [table.tableArn] }),
  );
  if (indexes.length > 0) {
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ["dynamodb:Query"],
        resources: indexes.map((index) => `${table.tableArn}/index/${index}`),
      }),
    );
  }
  grantKey(fn, key, "dynamodb");
}

/** Lets a function use the customer's key, but only by way of one service. */
export function grantKey(fn: IFunction, key: IKey, service: "dynamodb" | "s3" | "sqs" | "events"): void {
  const region = Stack.of(fn).region;
  fn.addToRolePolicy(
    new PolicyStatement({
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [key.keyArn],
      conditions: { StringEquals: { "kms:ViaService": `${service}.${region}.amazonaws.com` } },
    }),
  );
}
