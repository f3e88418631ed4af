import { expect, test } from "vitest";
import { loadDeployment } from "../template/load-deployment.ts";
import { appStack, dataStack } from "../testing-fixture/stacks.ts";
import { writeAssembly } from "../testing-fixture/write-assembly.ts";
import { invokePermissions } from "./invoke-permissions.ts";
import { createIam } from "./simulated-iam.ts";

const table = "arn:aws:dynamodb:eu-west-1:000000000000:table/TestData-Table";
const role = "arn:aws:iam::000000000000:role/TestApp-ThingsRole";

async function world(change: (app: ReturnType<typeof appStack>) => void = () => undefined) {
  const app = appStack();
  change(app);
  const assembly = writeAssembly({ TestData: dataStack(), TestApp: app });
  const deployment = loadDeployment(assembly, { apiUrl: "http://127.0.0.1:3000" });
  return { deployment, iam: createIam(deployment) };
}

test("a role may do what its policies say and nothing else", async () => {
  const { iam } = await world();
  expect(await iam.isAllowed(role, "dynamodb:GetItem", table)).toBe(true);
  expect(await iam.isAllowed(role, "dynamodb:DeleteItem", table)).toBe(false);
  expect(await iam.isAllowed(role, "dynamodb:GetItem", `${table}2`)).toBe(false);
  expect(await iam.isAllowed(role, "dynamodb:Query", `${table}/index/byKind`)).toBe(true);
  expect(await iam.isAllowed(role, "dynamodb:Query", table)).toBe(false);
  expect(await iam.isAllowed(`${role}2`, "dynamodb:GetItem", table)).toBe(false);
});

test("inline and managed policies and explicit denials count", async () => {
  const { iam } = await world((app) => {
    const PolicyDocument = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
    };
    const deny = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "dynamodb:PutItem", Resource: "*" }] };
    app.Resources.Managed = { Type: "AWS::IAM::ManagedPolicy", Properties: { PolicyDocument } };
    Object.assign(app.Resources.ThingsRole?.Properties ?? {}, {
      ManagedPolicyArns: [{ Ref: "Managed" }],
      Policies: [{ PolicyName: "no-writes", PolicyDocument: deny }],
    });
  });
  expect(await iam.isAllowed(role, "s3:GetObject", "arn:aws:s3:::b/k")).toBe(true);
  expect(await iam.isAllowed(role, "dynamodb:PutItem", table)).toBe(false);
});

test("a condition on leading keys is judged by the keys of the request", async () => {
  const { iam } = await world((app) => {
    const Condition = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["mine"] } };
    const Statement = [{ Effect: "Allow", Action: "dynamodb:DeleteItem", Resource: "*", Condition }];
    Object.assign(app.Resources.ThingsRole?.Properties ?? {}, {
      Policies: [{ PolicyName: "own", PolicyDocument: { Version: "2012-10-17", Statement } }],
    });
  });
  const ask = (key: string) =>
    iam.isAllowed(role, "dynamodb:DeleteItem", table, { context: { "dynamodb:LeadingKeys": [key] } });
  expect(await ask("mine")).toBe(true);
  expect(await ask("yours")).toBe(false);
});

test("every checked call is recorded once, with its answer", async () => {
  const { iam } = await world();
  await iam.isAllowed(role, "dynamodb:GetItem", table, { functionName: "things" });
  await iam.isAllowed(role, "dynamodb:GetItem", table, { functionName: "things" });
  await iam.isAllowed(role, "dynamodb:Scan", table);
  expect(iam.calls()).toEqual([
    { functionName: "things", action: "dynamodb:GetItem", resource: table, allowed: true },
    { functionName: "TestApp-ThingsRole", action: "dynamodb:Scan", resource: table, allowed: false },
  ]);
});

test("an action that AWS does not have is an error", async () => {
  const { iam } = await world();
  await expect(iam.isAllowed(role, "dynamodb:Nonsense", table)).rejects.toThrow(/IAM cannot judge dynamodb:Nonsense/);
});

test("an access key leads to its role, and only keys of roles have secrets", async () => {
  const { iam } = await world();
  const key = iam.accessKeyOfRole(role);
  expect(iam.roleOfAccessKey(key)).toBe(role);
  expect(iam.secretOfAccessKey(key)).toMatch(/^.{40}$/);
  expect(iam.roleOfAccessKey("AKIANOBODY")).toBeUndefined();
  expect(iam.secretOfAccessKey("AKIANOBODY")).toBeUndefined();
});

test("a service may invoke a function only with a permission for it, its principal and its source", async () => {
  const { deployment } = await world();
  const permit = invokePermissions(deployment);
  const apiId = deployment.ofType("AWS::ApiGatewayV2::Api")[0]?.physicalId;
  const source = `arn:aws:execute-api:eu-west-1:000000000000:${apiId}/$default/GET/things`;
  const things = deployment.find("TestApp-Things")?.arn ?? "";
  expect(permit("apigateway.amazonaws.com", things, source)).toBe(true);
  expect(permit("apigateway.amazonaws.com", `${things}:live`, source)).toBe(true);
  expect(permit("events.amazonaws.com", things, source)).toBe(false);
  expect(permit("apigateway.amazonaws.com", things, source.replace(String(apiId), "another"))).toBe(false);
  expect(permit("apigateway.amazonaws.com", deployment.find("TestApp-Authorizer")?.arn ?? "", source)).toBe(false);
});
