import { auditTableDefinition } from "@shangji/aws/dynamo/audit/audit-table";
import { ledgerPartition } from "@shangji/aws/dynamo/protection/erasure-ledger";
import { searchTableDefinition } from "@shangji/aws/dynamo/search/search-table";
import { cursorSecretKey, type tableDefinition } from "@shangji/aws/dynamo/table";
import { idPrefixes } from "@shangji/contracts/kit/entities";
import type { HouseFunction } from "./house-function.ts";
import type { Platform, TablePlatform } from "./platform.ts";

/**
 * Calls on items. A transaction needs those of its items and has none of its own; there is no scan. Of PartiQL there is the
 * one statement that no other action is equal to: it puts where there is nothing, and can neither replace nor delete.
 */
export type TableAction =
  | "GetItem"
  | "BatchGetItem"
  | "Query"
  | "PutItem"
  | "UpdateItem"
  | "DeleteItem"
  | "BatchWriteItem"
  | "ConditionCheckItem"
  | "PartiQLInsert";

export type IndexName = (typeof tableDefinition)["indexes"][number]["name"];

/** What a function may do with the table: exactly these actions, and queries of exactly these indexes. */
export interface TableAccess {
  readonly actions: readonly TableAction[];
  /** @default none */
  readonly indexes?: readonly IndexName[];
}

/** Grants exactly what is named, and the customer's key by way of DynamoDB only. */
export function grantTable(fn: HouseFunction, platform: TablePlatform, { actions, indexes = [] }: TableAccess): void {
  const { arn } = platform.table;
  const named = actions.map((action) => `dynamodb:${action}`);
  if (named.length > 0) fn.grant(named, [arn]);
  const indexArns = indexes.map((index) => `${arn}/index/${index}`);
  if (indexArns.length > 0) fn.grant(["dynamodb:Query"], indexArns);
  grantKey(fn, platform, "dynamodb");
}

/** Grants actions on items whose partition keys begin alike, and on no others of the table. */
export function grantPartitions(
  fn: HouseFunction,
  platform: Pick<TablePlatform, "table">,
  { actions, prefixes }: { actions: readonly TableAction[]; prefixes: readonly string[] },
): void {
  fn.grant(
    actions.map((action) => `dynamodb:${action}`),
    [platform.table.arn],
    { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": only(prefixes.map((prefix) => `${prefix}*`)) } },
  );
}

/** One value stands alone in a policy, as IAM itself writes it. */
function only(values: readonly string[]): string | readonly string[] {
  const [first, ...more] = values;
  return first !== undefined && more.length === 0 ? first : values;
}

/**
 * Lets a function read totals. With `deals` also what single deals have been counted with: for figures of those that are
 * shared.
 */
export function grantTotals(fn: HouseFunction, platform: Platform, { deals = false } = {}): void {
  const table = platform.totalsTable;
  fn.grant(["dynamodb:GetItem", "dynamodb:Query"], [table.arn]);
  if (deals) grantPartitions(fn, { table }, { actions: ["BatchGetItem"], prefixes: [`${idPrefixes.opportunity}_`] });
  grantKey(fn, platform, "dynamodb");
}

/** Lets a function count: markers and cells change in one transaction, and what is too much for one goes through a journal. */
export function grantCounting(fn: HouseFunction, platform: Platform): void {
  const actions = ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"];
  fn.grant(
    actions.map((action) => `dynamodb:${action}`),
    [platform.totalsTable.arn],
  );
  grantKey(fn, platform, "dynamodb");
}

/** Lets a function find the accounts that are called like a company, for who owns them. */
export function grantAccountOwners(fn: HouseFunction, platform: TablePlatform): void {
  grantTable(fn, platform, { actions: [], indexes: ["gsi6"] });
  grantPartitions(fn, platform, { actions: ["BatchGetItem"], prefixes: [`${idPrefixes.account}_`] });
}

/** Lets a function that writes nothing else make the secret of cursors, if it is the first one to need it. */
export function grantCursorSecret(fn: HouseFunction, { table }: TablePlatform): void {
  fn.grant(["dynamodb:PutItem"], [table.arn], {
    "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": cursorSecretKey.pk },
  });
}

/**
 * What a function may do with the audit trail: add to it, read it, or read no more than histories of single records. Nothing here can be combined into altering it: DynamoDB refuses to
 * insert what is there.
 */
const auditActions = {
  append: ["dynamodb:PartiQLInsert"],
  read: ["dynamodb:Query"],
  history: ["dynamodb:Query"],
} as const;

export function grantAudit(fn: HouseFunction, platform: TablePlatform, access: keyof typeof auditActions): void {
  const { arn } = platform.auditTable;
  const indexes = auditTableDefinition.indexes.map(({ name }) => `${arn}/index/${name}`);
  fn.grant(auditActions[access], access === "read" ? [arn, ...indexes] : [arn]);
  grantKey(fn, platform, "dynamodb");
}

/** Lets a function read the lists of the search index. */
export function grantSearch(fn: HouseFunction, platform: Platform): void {
  const { arn } = platform.searchTable;
  const indexes = searchTableDefinition.indexes.map(({ name }) => `${arn}/index/${name}`);
  fn.grant(["dynamodb:Query"], [arn, ...indexes]);
  grantKey(fn, platform, "dynamodb");
}

/** Lets a function keep the search index: its markers, and the entries of whatever they name. */
export function grantIndexing(fn: HouseFunction, platform: Platform): void {
  fn.grant(["dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:BatchWriteItem"], [platform.searchTable.arn]);
  grantKey(fn, platform, "dynamodb");
}

/** Lets a function put entries into the ledger of erasures, and nothing else into the table that it lies in. */
export function grantErasureLedger(fn: HouseFunction, { auditTable }: TablePlatform): void {
  fn.grant(["dynamodb:PartiQLInsert"], [auditTable.arn], {
    "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ledgerPartition },
  });
}

/** What a function may do with the objects below a pattern of keys. */
export interface ObjectAccess {
  readonly actions: readonly ("s3:GetObject" | "s3:PutObject" | "s3:DeleteObject")[];
  /** Such as `imports/*`: an import's id is not known ahead. */
  readonly keys: string;
  /** Whether S3 may tell that an object is missing; else it only refuses, as it does to strangers. @default false */
  readonly tellsMissing?: boolean;
}

/** Grants exactly these actions on exactly these objects of the bucket of imports and exports, and the customer's key by way of S3 only. */
export function grantImportFiles(fn: HouseFunction, platform: Platform, access: ObjectAccess): void {
  const { actions, keys, tellsMissing = false } = access;
  const { arn, exportName } = platform.importsBucket;
  fn.grant(actions, [`${arn}/${keys}`]);
  if (tellsMissing) fn.grant(["s3:ListBucket"], [arn]);
  fn.acknowledge(
    `AwsSolutions-IAM5[Resource::${exportName}/${keys}]`,
    "The id of an import or a person is part of its keys and not known ahead.",
  );
  grantKey(fn, platform, "s3");
}

/** Lets a function use the customer's key, but only by way of one service. */
export function grantKey(
  fn: HouseFunction,
  { key, customer }: Pick<Platform, "key" | "customer">,
  service: "dynamodb" | "s3" | "sqs",
): void {
  const via = `${service}.${customer.region}.amazonaws.com`;
  fn.grant(["kms:Decrypt", "kms:GenerateDataKey"], [key.keyArn], { StringEquals: { "kms:ViaService": via } });
}
