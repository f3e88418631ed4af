import { type AwsRequest, type CalledAction, distinct, isRecord, jsonBody, operationOf } from "./called-actions.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * IAM questions of a DynamoDB request: a transaction asks for the action of each of its items, a read of an index is
 * judged by the index, `BatchGetItem` and `BatchWriteItem` are actions of their own. A batch of statements asks for the
 * action of each of them.
 */
export function dynamodbCalls(request: AwsRequest): CalledAction[] {
  const operation = operationOf(request);
  const body = jsonBody(request);
  switch (operation) {
    case "TransactWriteItems":
    case "TransactGetItems":
      return distinct(transactionCalls(request, body));
    case "BatchGetItem":
    case "BatchWriteItem":
      return Object.entries(isRecord(body.RequestItems) ? body.RequestItems : {}).map(([table, asked]) =>
        question(request, operation, { TableName: table }, batchKeys(request, table, asked)),
      );
    case "BatchExecuteStatement":
      return distinct(statementCalls(request, body));
    case "ListTables":
    case "DescribeLimits":
      return [{ action: `dynamodb:${operation}`, resource: "*" }];
    default:
      if (typeof body.TableName !== "string") {
        throw new Error(`the local cloud does not know how to check dynamodb:${operation}`);
      }
      return [question(request, operation, body, leadingKeys(request, body))];
  }
}

const itemActions: Readonly<Record<string, string>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  Get: "GetItem",
  ConditionCheck: "ConditionCheckItem",
};

function transactionCalls(request: AwsRequest, body: Fields): CalledAction[] {
  const items = Array.isArray(body.TransactItems) ? body.TransactItems : [];
  return items.flatMap((item: unknown) =>
    Object.entries(isRecord(item) ? item : {}).flatMap(([kind, fields]) => {
      const action = itemActions[kind];
      if (action === undefined || !isRecord(fields)) return [];
      return [question(request, action, fields, leadingKeys(request, fields))];
    }),
  );
}

/** `INSERT INTO "table" VALUE {'name': ?, …}`: the one statement that is known here; whatever is written in another way is not. */
const insertStatement = /^INSERT INTO "([\w.-]+)" VALUE \{('(?:[^']|'')+': \?(?:, '(?:[^']|'')+': \?)*)\}$/;

function statementCalls(request: AwsRequest, body: Fields): CalledAction[] {
  const statements = Array.isArray(body.Statements) ? body.Statements : [];
  if (statements.length === 0) throw new Error("a batch of statements has none");
  return statements.map((statement: unknown) => insertCall(request, isRecord(statement) ? statement : {}));
}

function insertCall(request: AwsRequest, { Statement: text, Parameters: parameters }: Fields): CalledAction {
  const [, TableName, attributes] = insertStatement.exec(String(text)) ?? [];
  if (TableName === undefined || attributes === undefined || !Array.isArray(parameters)) {
    throw new Error(`the local cloud does not know how to check the statement ${text}`);
  }
  const names = [...attributes.matchAll(/'((?:[^']|'')+)': \?/g)].map(([, name = ""]) => name.replaceAll("''", "'"));
  if (names.length !== parameters.length) throw new Error("a statement has another number of parameters than of names");
  const Item = Object.fromEntries(names.map((name, at) => [name, parameters[at]]));
  return question(request, "PartiQLInsert", { TableName }, leadingKeys(request, { TableName, Item }));
}

function question(request: AwsRequest, operation: string, fields: Fields, keys: readonly string[]): CalledAction {
  const table = String(fields.TableName);
  const tableArn = table.startsWith("arn:")
    ? table
    : `arn:aws:dynamodb:${request.region}:${request.accountId}:table/${table}`;
  const resource = typeof fields.IndexName === "string" ? `${tableArn}/index/${fields.IndexName}` : tableArn;
  const action = `dynamodb:${operation}`;
  if (request.facts.partitionKeys === undefined) return { action, resource };
  return { action, resource, context: { "dynamodb:LeadingKeys": keys } };
}

function leadingKeys(request: AwsRequest, fields: Fields): string[] {
  const partitionKey = request.facts.partitionKeys?.[String(fields.TableName)];
  if (partitionKey === undefined) return [];
  const item = isRecord(fields.Key) ? fields.Key : fields.Item;
  if (isRecord(item)) return scalar(item[partitionKey]);
  const names = isRecord(fields.ExpressionAttributeNames) ? fields.ExpressionAttributeNames : {};
  const values = isRecord(fields.ExpressionAttributeValues) ? fields.ExpressionAttributeValues : {};
  for (const [, name = "", value = ""] of String(fields.KeyConditionExpression ?? "").matchAll(
    /([#\w.-]+)\s*=\s*(:\w+)/g,
  )) {
    if ((names[name] ?? name) === partitionKey) return scalar(values[value]);
  }
  return [];
}

function batchKeys(request: AwsRequest, table: string, asked: unknown): string[] {
  if (request.facts.partitionKeys === undefined) return [];
  const reads = isRecord(asked) && Array.isArray(asked.Keys) ? asked.Keys.map((Key: unknown) => ({ Key })) : [];
  const writes = Array.isArray(asked)
    ? asked.flatMap((entry: unknown) => (isRecord(entry) ? [entry.PutRequest, entry.DeleteRequest] : []))
    : [];
  return [...reads, ...writes].flatMap((fields) =>
    isRecord(fields) ? leadingKeys(request, { ...fields, TableName: table }) : [],
  );
}

/** The text of a typed attribute value (`{"S": "x"}`). */
function scalar(value: unknown): string[] {
  return isRecord(value) ? Object.values(value).map(String) : [];
}
