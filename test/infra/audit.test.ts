import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { routes } from "@shangji/contracts";
import { ownedEntities } from "@shangji/contracts/kit/entities";
import { type CustomerStacks, synthesise } from "@shangji/infra/synthesise";
import { createIam } from "@shangji/local-cloud/iam/simulated-iam";
import { loadDeployment } from "@shangji/local-cloud/template/load-deployment";
import { PolicyStatement, Role } from "aws-cdk-lib/aws-iam";
import { beforeAll, describe, expect, it } from "vitest";
import { type Templates, templatesOf } from "./templates.ts";

/** Every call by which something could come into, out of or back into the table of the trail, and what would change the table. */
const calls = [
  "GetItem",
  "BatchGetItem",
  "Query",
  "Scan",
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "BatchWriteItem",
  "ConditionCheckItem",
  "PartiQLSelect",
  "PartiQLInsert",
  "PartiQLUpdate",
  "PartiQLDelete",
  "UpdateTable",
  "DeleteTable",
  "UpdateTimeToLive",
  "UpdateContinuousBackups",
  "RestoreTableToPointInTime",
  "PutResourcePolicy",
  "DeleteResourcePolicy",
];

async function deployed(mutate?: (stacks: CustomerStacks) => void) {
  const outdir = mkdtempSync(join(tmpdir(), "shangji-audit-"));
  await synthesise({ customer: "local", outdir, bundles: "stub", ...(mutate ? { mutate } : {}) });
  const deployment = loadDeployment(outdir, { apiUrl: "http://127.0.0.1:3000" });
  return { deployment, iam: createIam(deployment) };
}

/** What every role of a customer may do with the trail, as `<role> <action> [index]`, by simulation of IAM. */
async function allowedOnTrail(mutate?: (stacks: CustomerStacks) => void): Promise<string[]> {
  const { deployment, iam } = await deployed(mutate);
  const table = deployment
    .ofType("AWS::DynamoDB::GlobalTable")
    .find(({ properties }) => properties.StreamSpecification === undefined);
  if (!table) throw new Error("there is no table of the trail");
  const allowed: string[] = [];
  for (const { arn, logicalId } of deployment.ofType("AWS::IAM::Role")) {
    for (const call of calls) {
      for (const index of ["", "/index/byDay"]) {
        const isAllowed = await iam.isAllowed(arn, `dynamodb:${call}`, table.arn + index);
        if (isAllowed) allowed.push(`${logicalId.replace(/Role[0-9A-F]{8}$/, "")} ${call}${index}`);
      }
    }
  }
  return allowed.sort();
}

describe("H3 the audit trail", () => {
  it("is added to by the publisher, the recorder of sign-ins and erasures, read behind its routes and for exports, altered by no role", async () => {
    expect(await allowedOnTrail()).toEqual([
      "AuditHttp Query",
      "AuditHttp Query/index/byDay",
      "EventsPublisher PartiQLInsert",
      "ProtectionRunRequest PartiQLInsert",
      "ProtectionRunRequest Query",
      "SignInsRecorder PartiQLInsert",
    ]);
  });

  it("is watched: a grant to delete from it would be seen", async () => {
    const allowed = await allowedOnTrail(({ app, data }) => {
      const role = app.node.findAll().find((node) => node instanceof Role && node.node.path.includes("/Audit/Http/"));
      if (!(role instanceof Role)) throw new Error("no role");
      const resources = [data.auditTable.tableArn];
      role.addToPrincipalPolicy(new PolicyStatement({ actions: ["dynamodb:DeleteItem"], resources }));
    });
    expect(allowed).toContain("AuditHttp DeleteItem");
  });

  it("lets whoever erases add to the ledger of erasures, and make up no entry", async () => {
    const { deployment, iam } = await deployed();
    const trail = deployment.ofType("AWS::DynamoDB::GlobalTable")[1];
    const eraser = deployment
      .ofType("AWS::IAM::Role")
      .find(({ logicalId }) => logicalId.startsWith("ProtectionRunRequestRole"));
    const mayAdd = (partition: string) =>
      iam.isAllowed(eraser?.arn ?? "", "dynamodb:PartiQLInsert", trail?.arn ?? "", {
        context: { "dynamodb:LeadingKeys": [partition] },
      });
    expect(await mayAdd("erasures")).toBe(true);
    expect(await mayAdd("con_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D")).toBe(false);
  });

  it("is read by a function that may write nothing to the records but the secret of its cursors", async () => {
    const { deployment, iam } = await deployed();
    const [records] = deployment.ofType("AWS::DynamoDB::GlobalTable");
    const reader = deployment.ofType("AWS::IAM::Role").find(({ logicalId }) => logicalId.startsWith("AuditHttpRole"));
    const mayPut = (partition: string) =>
      iam.isAllowed(reader?.arn ?? "", "dynamodb:PutItem", records?.arn ?? "", {
        context: { "dynamodb:LeadingKeys": [partition] },
      });
    expect(await mayPut("secret#cursor")).toBe(true);
    expect(await mayPut("opp_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D")).toBe(false);
  });

  it("has no route that does more than read it", () => {
    const ofTrail = routes.filter(({ domain, access }) => domain === "audit" || access.entity === "audit");
    // The trail itself, and the history of each kind of records.
    expect(ofTrail).toHaveLength(1 + ownedEntities.length);
    for (const { method, access } of ofTrail) expect([method, access.action]).toEqual(["GET", "read"]);
  });
});

describe("H3 the table of the trail", () => {
  let templates: Templates;
  beforeAll(async () => {
    templates = await templatesOf("local");
  });

  it("refuses alterations to everyone, whatever their role says", () => {
    const [, trail] = templates.ofType("AWS::DynamoDB::GlobalTable");
    expect(trail?.Properties.Replicas[0].ResourcePolicy.PolicyDocument.Statement).toEqual([
      {
        Sid: "AppendOnly",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: ["BatchWriteItem", "DeleteItem", "PartiQLDelete", "PartiQLUpdate", "PutItem", "UpdateItem"].map(
          (action) => `dynamodb:${action}`,
        ),
        Resource: "*",
      },
    ]);
  });

  it("hears of sign-ins: the user pool, and nobody else, may call the recorder", () => {
    const [pool] = templates.ofType("AWS::Cognito::UserPool");
    const recorder = templates.at(pool?.Properties.LambdaConfig.PostAuthentication);
    expect(recorder.Metadata?.["shangji:entry"]).toBe("functions/audit/on-signed-in.ts");
    expect(Object.keys(pool?.Properties.LambdaConfig)).toEqual(["PostAuthentication"]);
    const permissions = templates
      .ofType("AWS::Lambda::Permission")
      .filter(({ Properties }) => templates.data.some(({ id }) => id === Properties.FunctionName["Fn::GetAtt"]?.[0]));
    expect(permissions.map(({ Properties }) => [Properties.Principal, templates.at(Properties.SourceArn).id])).toEqual([
      ["cognito-idp.amazonaws.com", pool?.id],
    ]);
    expect(recorder.Properties.Timeout).toBeLessThanOrEqual(5);
  });
});
