import { totalsTableDefinition } from "@shangji/aws/dynamo/analytics/totals-table";
import { auditTableDefinition } from "@shangji/aws/dynamo/audit/audit-table";
import { searchTableDefinition } from "@shangji/aws/dynamo/search/search-table";
import { tableDefinition } from "@shangji/aws/dynamo/table";
import { exportDays } from "@shangji/contracts/exports/retention";
import { Role } from "@shangji/contracts/kit/primitives";
import { readCustomer } from "@shangji/infra/customer";
import { describe, expect, it } from "vitest";
import { customers, idOf, listOf, type Templates, templatesOf } from "./templates.ts";

/** Whether a bucket's or queue's policy refuses every call without TLS. */
function refusesPlainCalls(
  { ofType }: Templates,
  policyType: string,
  list: (properties: never) => unknown[],
  id: string,
) {
  return ofType(policyType)
    .filter(({ Properties }) => list(Properties as never).some((target) => idOf(target) === id))
    .flatMap(({ Properties }) => listOf(Properties.PolicyDocument.Statement))
    .some(
      ({ Effect, Principal, Condition }) =>
        Effect === "Deny" && Principal.AWS === "*" && Condition?.Bool?.["aws:SecureTransport"] === "false",
    );
}

describe.each(customers)("data of %s", (customer) => {
  it("outlives its stack", async () => {
    const { data } = await templatesOf(customer);
    const holders = data.filter(({ Type }) =>
      ["AWS::DynamoDB::GlobalTable", "AWS::S3::Bucket", "AWS::Cognito::UserPool", "AWS::KMS::Key"].includes(Type),
    );
    expect(holders).toHaveLength(8);
    for (const { DeletionPolicy, UpdateReplacePolicy } of holders) {
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(["Retain", "Retain"]);
    }
  });

  it.each([
    ["records", 0, tableDefinition, { StreamViewType: "NEW_AND_OLD_IMAGES" }],
    ["audit entries", 1, auditTableDefinition, undefined],
    ["the search index", 2, searchTableDefinition, undefined],
    ["the totals", 3, totalsTableDefinition, undefined],
  ] as const)("has the table of %s that the code reads", async (_, place, definition, stream) => {
    const table = (await templatesOf(customer)).ofType("AWS::DynamoDB::GlobalTable")[place];
    const { pitrDays } = readCustomer(customer).retention;
    expect(table?.Properties).toMatchObject({
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: "KMS" },
    });
    expect(table?.Properties.StreamSpecification).toEqual(stream);
    expect(table?.Properties.Replicas).toMatchObject([
      {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: pitrDays },
      },
    ]);
    const indexes = (table?.Properties.GlobalSecondaryIndexes ?? []).map(
      // biome-ignore lint/suspicious/noExplicitAny: JSON of a template
      ({ IndexName, KeySchema, Projection }: any) => ({
        name: IndexName,
        partition: KeySchema.filter(({ KeyType }: { KeyType: string }) => KeyType === "HASH").map(nameOf),
        sort: KeySchema.filter(({ KeyType }: { KeyType: string }) => KeyType === "RANGE").map(nameOf),
        projection: Projection.ProjectionType,
      }),
    );
    expect(indexes).toEqual(definition.indexes);
  });

  it("lies in private buckets that refuse plain calls and forget", async () => {
    const templates = await templatesOf(customer);
    const buckets = templates.ofType("AWS::S3::Bucket");
    expect(buckets).toHaveLength(2);
    for (const { id, Properties } of buckets) {
      expect(Properties.BucketEncryption).toBeDefined();
      expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
      const list = ({ Bucket }: { Bucket: unknown }) => [Bucket];
      expect(refusesPlainCalls(templates, "AWS::S3::BucketPolicy", list as never, id)).toBe(true);
      expect(Properties.LifecycleConfiguration.Rules[0].ExpirationInDays).toBeGreaterThan(0);
    }
  });

  it("forgets files of exports when it says that it does, those of lists and of persons", async () => {
    const { ofType } = await templatesOf(customer);
    const rules = ofType("AWS::S3::Bucket").flatMap(({ Properties }) => Properties.LifecycleConfiguration.Rules);
    expect(rules).toContainEqual(expect.objectContaining({ Prefix: "exports/", ExpirationInDays: exportDays }));
    expect(rules).toContainEqual(expect.objectContaining({ Prefix: "subject-exports/", ExpirationInDays: 7 }));
  });

  it("tells of uploads by the property alone, without a function", async () => {
    const { data, ofType } = await templatesOf(customer);
    const notifying = ofType("AWS::S3::Bucket").filter(({ Properties }) => Properties.NotificationConfiguration);
    expect(notifying.map(({ Properties }) => Properties.NotificationConfiguration)).toEqual([
      { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    ]);
    const code = data.filter(({ Type }) => Type === "AWS::Lambda::Function" || Type.startsWith("Custom::"));
    // The user pool names its trigger, so the two cannot be in different stacks.
    expect(code.map(({ Metadata }) => Metadata?.["shangji:entry"])).toEqual(["functions/audit/on-signed-in.ts"]);
  });

  it("lets only people in whom an admin has made, one group per role", async () => {
    const { ofType } = await templatesOf(customer);
    const [pool] = ofType("AWS::Cognito::UserPool");
    expect(pool?.Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      DeletionProtection: "ACTIVE",
      UsernameAttributes: ["email"],
      EnabledMfas: ["SOFTWARE_TOKEN_MFA"],
    });
    expect(pool?.Properties.Policies.PasswordPolicy.MinimumLength).toBeGreaterThanOrEqual(12);
    const groups = ofType("AWS::Cognito::UserPoolGroup").map(({ Properties }) => Properties.GroupName);
    expect(groups.sort()).toEqual([...Role.options].sort());
    const [client] = ofType("AWS::Cognito::UserPoolClient");
    expect(client?.Properties.PreventUserExistenceErrors).toBe("ENABLED");
    expect(client?.Properties.AccessTokenValidity).toBeLessThanOrEqual(60);
    expect(client?.Properties.TokenValidityUnits.AccessToken).toBe("minutes");
  });
});

describe.each(customers)("what rests with %s", (customer) => {
  it("is under the customer's rotated key: logs, queues, bus and topics", async () => {
    const { ofType, data } = await templatesOf(customer);
    const isOfData = (id: string) => data.some((resource) => resource.id === id);
    expect(ofType("AWS::KMS::Key").map(({ Properties }) => Properties.EnableKeyRotation)).toEqual([true]);
    const keys = [
      ...ofType("AWS::Logs::LogGroup").flatMap(({ id, Properties }) => (isOfData(id) ? [] : Properties.KmsKeyId)),
      ...ofType("AWS::SQS::Queue").map(({ Properties }) => Properties.KmsMasterKeyId),
      ...ofType("AWS::Events::EventBus").map(({ Properties }) => Properties.KmsKeyIdentifier),
      ...ofType("AWS::Events::Archive").map(({ Properties }) => Properties.KmsKeyIdentifier),
      ...ofType("AWS::SNS::Topic").map(({ Properties }) => Properties.KmsMasterKeyId),
    ];
    expect(new Set(keys.map((key) => JSON.stringify(key))).size).toBe(1);
    expect(keys[0]).toMatchObject({ "Fn::ImportValue": expect.stringContaining("Key") });
    const [key] = ofType("AWS::KMS::Key");
    for (const { Properties } of data.filter(({ Type }) => Type === "AWS::Logs::LogGroup")) {
      expect(idOf(Properties.KmsKeyId)).toBe(key?.id);
    }
  });

  it("says what becomes of logs and queues when the stack goes", async () => {
    const { ofType } = await templatesOf(customer);
    for (const { Properties, DeletionPolicy } of ofType("AWS::Logs::LogGroup")) {
      expect(Properties.RetentionInDays).toBe(readCustomer(customer).retention.logDays);
      expect(DeletionPolicy).toBe("Delete");
    }
    for (const { DeletionPolicy } of ofType("AWS::SQS::Queue")) expect(DeletionPolicy).toBe("Retain");
  });

  it("is sent over TLS only", async () => {
    const templates = await templatesOf(customer);
    const queues = ({ Queues }: { Queues: unknown[] }) => Queues;
    for (const { id } of templates.ofType("AWS::SQS::Queue")) {
      expect(refusesPlainCalls(templates, "AWS::SQS::QueuePolicy", queues as never, id)).toBe(true);
    }
    const topics = ({ Topics }: { Topics: unknown[] }) => Topics;
    for (const { id } of templates.ofType("AWS::SNS::Topic")) {
      expect(JSON.stringify(templates.ofType("AWS::SNS::TopicPolicy"))).toContain("aws:SecureTransport");
      expect(
        templates
          .ofType("AWS::SNS::TopicPolicy")
          .some(({ Properties }) => topics(Properties).some((t) => idOf(t) === id)),
      ).toBe(true);
    }
  });

  it("opens the key to services only, each under a condition on its resources", async () => {
    const [key] = (await templatesOf(customer)).ofType("AWS::KMS::Key");
    for (const statement of key?.Properties.KeyPolicy.Statement ?? []) {
      if (statement.Action === "kms:*") continue;
      expect(statement.Principal.Service).toMatch(/^(logs\.[a-z0-9-]+|events|cloudwatch)\.amazonaws\.com$/);
      if (statement.Action !== "kms:DescribeKey") expect(statement.Condition).toBeDefined();
    }
  });
});

function nameOf({ AttributeName }: { AttributeName: string }): string {
  return AttributeName;
}
