import { expect, test } from "vitest";
import { type AwsRequest, calledActions } from "./called-actions.ts";

type Given = Partial<Omit<AwsRequest, "header" | "body">> & {
  target?: string;
  headers?: Record<string, string>;
  body?: unknown;
};

/** The questions of a request as `action resource` lines. */
function asked({ target, headers = {}, body = "", ...given }: Given): string[] {
  const all: Record<string, string> = { ...headers, ...(target === undefined ? {} : { "x-amz-target": target }) };
  const calls = calledActions({
    service: "dynamodb",
    region: "eu-west-1",
    accountId: "000000000000",
    method: "POST",
    path: "/",
    host: "127.0.0.1",
    facts: { mailIdentities: ["sales@example.com"] },
    ...given,
    header: (name) => all[name],
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return calls.map(({ action, resource }) => `${action} ${resource}`);
}

const table = "arn:aws:dynamodb:eu-west-1:000000000000:table";

/** A statement that inserts an item of these attributes. */
function insertOf(name: string, attributes: readonly string[]) {
  const named = attributes.map((attribute) => `'${attribute.replaceAll("'", "''")}': ?`).join(", ");
  return {
    Statement: `INSERT INTO "${name}" VALUE {${named}}`,
    Parameters: attributes.map((attribute) => ({ S: `its ${attribute}` })),
  };
}

test.each<[string, unknown, string[]]>([
  ["GetItem", { TableName: "A" }, [`dynamodb:GetItem ${table}/A`]],
  ["GetItem", { TableName: `${table}/A` }, [`dynamodb:GetItem ${table}/A`]],
  ["Query", { TableName: "A", IndexName: "i" }, [`dynamodb:Query ${table}/A/index/i`]],
  [
    "BatchGetItem",
    { RequestItems: { A: {}, B: {} } },
    [`dynamodb:BatchGetItem ${table}/A`, `dynamodb:BatchGetItem ${table}/B`],
  ],
  ["BatchWriteItem", { RequestItems: { A: [] } }, [`dynamodb:BatchWriteItem ${table}/A`]],
  [
    "TransactWriteItems",
    {
      TransactItems: [
        { Put: { TableName: "A" } },
        { Put: { TableName: "A" } },
        { Update: { TableName: "A" } },
        { Delete: { TableName: "B" } },
        { ConditionCheck: { TableName: "B" } },
      ],
    },
    [
      `dynamodb:PutItem ${table}/A`,
      `dynamodb:UpdateItem ${table}/A`,
      `dynamodb:DeleteItem ${table}/B`,
      `dynamodb:ConditionCheckItem ${table}/B`,
    ],
  ],
  ["TransactGetItems", { TransactItems: [{ Get: { TableName: "A" } }] }, [`dynamodb:GetItem ${table}/A`]],
  [
    "BatchExecuteStatement",
    { Statements: [insertOf("A", ["pk", "it's"]), insertOf("A", ["pk"]), insertOf("B.b-_", ["pk"])] },
    [`dynamodb:PartiQLInsert ${table}/A`, `dynamodb:PartiQLInsert ${table}/B.b-_`],
  ],
  ["ListTables", {}, ["dynamodb:ListTables *"]],
])("DynamoDB %s of %j", (operation, body, expected) => {
  expect(asked({ target: `DynamoDB_20120810.${operation}`, body })).toEqual(expected);
});

test("leading keys are part of the question when a policy asks for them", () => {
  const facts = { mailIdentities: [], partitionKeys: { A: "pk" } };
  const keysOf = (operation: string, body: object): unknown =>
    calledActions({
      service: "dynamodb",
      region: "eu-west-1",
      accountId: "000000000000",
      method: "POST",
      path: "/",
      host: "127.0.0.1",
      facts,
      header: () => `DynamoDB_20120810.${operation}`,
      body: JSON.stringify({ TableName: "A", ...body }),
    })[0]?.context?.["dynamodb:LeadingKeys"];
  expect(keysOf("GetItem", { Key: { pk: { S: "x" }, sk: { S: "y" } } })).toEqual(["x"]);
  expect(keysOf("PutItem", { Item: { pk: { S: "x" } } })).toEqual(["x"]);
  const query = {
    KeyConditionExpression: "begins_with(sk, :s) AND #p = :p",
    ExpressionAttributeNames: { "#p": "pk" },
    ExpressionAttributeValues: { ":p": { S: "x" }, ":s": { S: "y" } },
  };
  expect(keysOf("Query", query)).toEqual(["x"]);
  const batch = {
    RequestItems: { A: [{ PutRequest: { Item: { pk: { S: "x" } } } }, { DeleteRequest: { Key: { pk: { S: "y" } } } }] },
  };
  expect(keysOf("BatchWriteItem", batch)).toEqual(["x", "y"]);
  const statements = { Statements: [insertOf("A", ["a pk", "it's", "pk", "sk"])] };
  expect(keysOf("BatchExecuteStatement", statements)).toEqual(["its pk"]);
});

test.each<[string, string, string[]]>([
  ["GET", "/b/a/b.csv?x-id=GetObject", ["s3:GetObject arn:aws:s3:::b/a/b.csv"]],
  ["HEAD", "/b/k", ["s3:GetObject arn:aws:s3:::b/k"]],
  ["PUT", "/b/a%20b", ["s3:PutObject arn:aws:s3:::b/a b"]],
  ["PUT", "/b/k?partNumber=1&uploadId=u", ["s3:PutObject arn:aws:s3:::b/k"]],
  ["POST", "/b/k?uploads", ["s3:PutObject arn:aws:s3:::b/k"]],
  ["POST", "/b/k?uploadId=u", ["s3:PutObject arn:aws:s3:::b/k"]],
  ["DELETE", "/b/k?uploadId=u", ["s3:AbortMultipartUpload arn:aws:s3:::b/k"]],
  ["GET", "/b/k?uploadId=u", ["s3:ListMultipartUploadParts arn:aws:s3:::b/k"]],
  ["DELETE", "/b/k", ["s3:DeleteObject arn:aws:s3:::b/k"]],
  ["GET", "/b/k?tagging", ["s3:GetObjectTagging arn:aws:s3:::b/k"]],
  ["GET", "/b?list-type=2&prefix=x", ["s3:ListBucket arn:aws:s3:::b"]],
  ["HEAD", "/b", ["s3:ListBucket arn:aws:s3:::b"]],
  ["POST", "/b?delete", ["s3:DeleteObject arn:aws:s3:::b/*"]],
  ["GET", "/", ["s3:ListAllMyBuckets *"]],
])("S3 %s %s", (method, path, expected) => {
  expect(asked({ service: "s3", method, path })).toEqual(expected);
});

test("a copy also reads its source; a bucket may stand in the host", () => {
  expect(
    asked({
      service: "s3",
      method: "PUT",
      path: "/new",
      host: "b.s3.eu-west-1.amazonaws.com",
      headers: { "x-amz-copy-source": "/b/old%20one" },
    }),
  ).toEqual(["s3:PutObject arn:aws:s3:::b/new", "s3:GetObject arn:aws:s3:::b/old one"]);
});

test("events, queues, workflows and users are asked for by what the body names", () => {
  const bus = "arn:aws:events:eu-west-1:000000000000:event-bus";
  const entries = [{ EventBusName: "mine" }, {}, { EventBusName: `${bus}/other` }, { EventBusName: "mine" }];
  expect(asked({ service: "events", target: "AWSEvents.PutEvents", body: { Entries: entries } })).toEqual([
    `events:PutEvents ${bus}/mine`,
    `events:PutEvents ${bus}/default`,
    `events:PutEvents ${bus}/other`,
  ]);
  const queue = { QueueUrl: "https://sqs.eu-west-1.amazonaws.com/000000000000/jobs" };
  expect(asked({ service: "sqs", target: "AmazonSQS.SendMessageBatch", body: queue })).toEqual([
    "sqs:SendMessage arn:aws:sqs:eu-west-1:000000000000:jobs",
  ]);
  expect(
    asked({ service: "states", target: "AWSStepFunctions.StartExecution", body: { stateMachineArn: "m" } }),
  ).toEqual(["states:StartExecution m"]);
  expect(asked({ service: "states", target: "AWSStepFunctions.SendTaskSuccess", body: { taskToken: "t" } })).toEqual([
    "states:SendTaskSuccess *",
  ]);
  const target = "AWSCognitoIdentityProviderService.AdminCreateUser";
  expect(asked({ service: "cognito-idp", target, body: { UserPoolId: "eu-west-1_x" } })).toEqual([
    "cognito-idp:AdminCreateUser arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_x",
  ]);
});

test("mail is judged by the identity that covers its sender", () => {
  const identity = "arn:aws:ses:eu-west-1:000000000000:identity";
  const send = (form: Record<string, string>) => asked({ service: "ses", body: new URLSearchParams(form).toString() });
  expect(send({ Action: "SendEmail", Source: "Lin <sales@example.com>" })).toEqual([
    `ses:SendEmail ${identity}/sales@example.com`,
  ]);
  const raw = Buffer.from("To: a@b.c\r\nFrom: Wu <wu@example.com>\r\n\r\nhi").toString("base64");
  expect(send({ Action: "SendRawEmail", "RawMessage.Data": raw })).toEqual([
    `ses:SendRawEmail ${identity}/example.com`,
  ]);
  const body = { FromEmailAddress: "x@example.com", Content: { Simple: {} } };
  expect(asked({ service: "ses", path: "/v2/email/outbound-emails", body })).toEqual([
    `ses:SendEmail ${identity}/example.com`,
  ]);
});

test("a call that cannot be checked is an error, not a free pass", () => {
  expect(() => asked({ service: "rekognition" })).toThrow(/does not serve rekognition/);
  expect(() => asked({ target: "DynamoDB_20120810.ExecuteStatement", body: { Statement: "…" } })).toThrow(
    /does not know how to check dynamodb:ExecuteStatement/,
  );
});

test.each([
  `UPDATE "A" SET n = 1 WHERE pk = 'x'`,
  `DELETE FROM "A" WHERE pk = 'x'`,
  `SELECT * FROM "A" WHERE pk = 'x'`,
  `UPSERT INTO "A" VALUE {'pk': ?}`,
  `REPLACE INTO "A" VALUE {'pk': ?}`,
  `INSERT INTO "A" VALUE {'pk': ?} ON CONFLICT DO UPDATE SET n = 1`,
  `INSERT INTO "A" VALUE {'pk': ?}; DELETE FROM "A" WHERE pk = 'x'`,
  `INSERT INTO "A"."index" VALUE {'pk': ?}`,
  `INSERT INTO "A" VALUE {'pk': 'x'}`,
  `INSERT INTO "A" VALUE {'pk': ?, }`,
  `INSERT INTO "A" VALUE {}`,
  `INSERT INTO "A" VALUE ?`,
  `INSERT INTO A VALUE {'pk': ?}`,
  `INSERT INTO "A" VALUE {'pk': ?, 'sk': ?}`,
])("a batch with a statement that is not known is refused as a whole: %s", (Statement) => {
  const body = { Statements: [insertOf("A", ["pk"]), { Statement, Parameters: [{ S: "x" }] }] };
  expect(() => asked({ target: "DynamoDB_20120810.BatchExecuteStatement", body })).toThrow(/statement/);
});

test("a batch without a statement, and a statement without its values, are refused", () => {
  const { Statement } = insertOf("A", ["pk"]);
  for (const body of [{}, { Statements: [] }, { Statements: [{ Statement }] }, { Statements: ["?"] }])
    expect(() => asked({ target: "DynamoDB_20120810.BatchExecuteStatement", body })).toThrow(/statement/);
});
