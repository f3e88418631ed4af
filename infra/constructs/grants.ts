import type { HouseFunction } from "./house-function.ts";
import type { Platform } from "./platform.ts";

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
export interface TableAccess {
  readonly actions: readonly TableAction[];
  /** Names of the indexes that the function queries. @default none */
  readonly indexes?: readonly string[];
}

/** Grants exactly what is named, and the customer's key by way of DynamoDB only. */
export function grantTable(fn: HouseFunction, platform: Platform, { actions, indexes = [] }: TableAccess): void {
  const { table } = platform;
  fn.grant(
    actions.map((action) => `dynamodb:${action}`),
    [table.arn],
  );
  if (indexes.length > 0)
    fn.grant(
      ["dynamodb:Query"],
      indexes.map((index) => `${table.arn}/index/${index}`),
    );
  grantKey(fn, platform, "dynamodb");
}

/** Lets a function use the customer's key, but only by way of one service. */
export function grantKey(
  fn: HouseFunction,
  { key, customer }: Platform,
  service: "dynamodb" | "s3" | "sqs" | "events",
): void {
  fn.grant(["kms:Decrypt", "kms:GenerateDataKey"], [key.keyArn], {
    StringEquals: { "kms:ViaService": `${service}.${customer.region}.amazonaws.com` },
  });
}

/** What a function may do with the objects below a key pattern of the imports bucket. */
export interface ObjectAccess {
  readonly actions: readonly `s3:${string}`[];
  /** Pattern of object keys, such as `imports/*`. */
  readonly keys: string;
}

/** Grants exactly these actions on exactly these objects, and the customer's key by way of S3 only. */
export function grantImportFiles(fn: HouseFunction, platform: Platform, { actions, keys }: ObjectAccess): void {
  fn.grant(actions, [`${platform.importsBucket.arn}/${keys}`]);
  grantKey(fn, platform, "s3");
}
