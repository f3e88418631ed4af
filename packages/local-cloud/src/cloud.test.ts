import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Cloud, startCloud } from "./cloud.ts";
import { appStack, dataStack } from "./testing-fixture/stacks.ts";
import { writeRunnableAssembly } from "./testing-fixture/write-assembly.ts";

let cloud: Cloud;
const lines: string[] = [];

beforeAll(async () => {
  const assemblyDir = await writeRunnableAssembly({ TestData: dataStack(), TestApp: appStack() });
  cloud = await startCloud({ assemblyDir, log: (line) => lines.push(line) });
});

afterAll(() => cloud.stop());

async function call(method: string, path: string, init: Omit<RequestInit, "method"> = {}) {
  const response = await fetch(`${cloud.apiUrl}${path}`, { method, ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
}

const as = (authorization: string) => ({ headers: { authorization } });

test("a declared route answers, and nothing else does", async () => {
  expect((await call("GET", "/trivial")).status).toBe(200);
  for (const [method, path] of [
    ["POST", "/trivial"],
    ["GET", "/trivial/"],
    ["GET", "/other"],
    ["GET", "/"],
  ] as const) {
    const { status, text } = await call(method, path);
    expect([status, text]).toEqual([404, '{"message":"Not Found"}']);
  }
});

test("a function reads its writes through the real SDK, by key and by index", async () => {
  expect((await call("PUT", "/things/t1", { body: "first thing" })).json()).toEqual({ saved: "t1" });
  expect((await call("GET", "/things/t1")).json()).toEqual({ name: "first thing" });
  expect((await call("GET", "/things")).json().count).toBeGreaterThan(0);
});

test("a call without a grant fails as it does in AWS, writes nothing and is not retried", async () => {
  const table = "arn:aws:dynamodb:eu-west-1:000000000000:table/TestData-Table";
  const { status, json } = await call("PUT", "/reader/t2", { body: "x" });
  expect(status).toBe(502);
  expect(json()).toEqual({
    name: "AccessDeniedException",
    message: `User: arn:aws:sts::000000000000:assumed-role/TestApp-ReaderRole/TestApp-Reader is not authorized to perform: dynamodb:PutItem on resource: ${table} because no identity-based policy allows the dynamodb:PutItem action`,
  });
  expect((await call("GET", "/things/t2")).status).toBe(404);
  const refused = { functionName: "TestApp-Reader", action: "dynamodb:PutItem", resource: table, allowed: false };
  expect(cloud.iam.calls()).toContainEqual(refused);
  expect((await call("GET", "/_local/calls")).json()).toContainEqual(refused);
});

test("AWS host names lead to the local engines, and one without an engine is an error", async () => {
  expect((await call("GET", "/hosts")).json()).toEqual({
    users: "200",
    other: "Error: the local cloud has no service behind textract.eu-west-1.amazonaws.com",
  });
});

test("the event has API Gateway's shape", async () => {
  const { json } = await call("POST", "/echo/a%20b?x=1&y=%C3%A4&x=2", {
    headers: { cookie: "a=1; b=2", "X-Thing": "One", "content-type": "application/json" },
    body: '{"k":1}',
  });
  const { event } = json();
  expect(event).toMatchObject({
    version: "2.0",
    routeKey: "POST /echo/{id}",
    rawPath: "/echo/a%20b",
    rawQueryString: "x=1&y=%C3%A4&x=2",
    cookies: ["a=1", "b=2"],
    headers: { "x-thing": "One", "content-type": "application/json" },
    queryStringParameters: { x: "1,2", y: "ä" },
    pathParameters: { id: "a b" },
    body: '{"k":1}',
    isBase64Encoded: false,
    requestContext: { http: { method: "POST", path: "/echo/a%20b", sourceIp: "127.0.0.1" }, stage: "$default" },
  });
  expect(event.headers.cookie).toBeUndefined();
});

test("a body that is not text arrives in base64", async () => {
  const headers = { "content-type": "application/octet-stream" };
  const { event } = (await call("POST", "/echo/x", { headers, body: new Uint8Array([0, 255]) })).json();
  expect([event.body, event.isBase64Encoded]).toEqual(["AP8=", true]);
});

test("a body of more than 10 MB is refused", async () => {
  const { status, text } = await call("POST", "/echo/x", { body: "x".repeat(10 * 1024 * 1024 + 1) });
  expect([status, text]).toEqual([413, '{"message":"Request Entity Too Large"}']);
});

test("a path with broken percent-encoding is a bad request", async () => {
  expect((await call("GET", "/echo/%zz")).status).toBe(400);
});

test("no identity is 401 without asking the authoriser, a refusal is 403, a broken authoriser 500", async () => {
  const answers = [];
  for (const init of [{}, as("no"), as("break")]) {
    const { status, text } = await call("GET", "/guarded", init);
    answers.push([status, text]);
  }
  expect(answers).toEqual([
    [401, '{"message":"Unauthorized"}'],
    [403, '{"message":"Forbidden"}'],
    [500, '{"message":"Internal Server Error"}'],
  ]);
});

test("an authoriser's answer serves every route for the same identity until it is too old", async () => {
  const asked = async (path: string): Promise<number> =>
    (await call("GET", path, as("yes"))).json().event.requestContext.authorizer.lambda.asked;
  const first = await asked("/guarded");
  expect([await asked("/guarded"), await asked("/guarded/1")]).toEqual([first, first]);
  cloud.clock.advance("PT61S");
  expect(await asked("/guarded")).toBeGreaterThan(first);
});

test("an authoriser verifies tokens of the user pool as in AWS; moving the clock makes them expire", async () => {
  const email = "lin@example.com";
  const { endpoint, userPoolId, clientId } = cloud.cognito;
  const cognito = new CognitoIdentityProviderClient({
    endpoint,
    region: cloud.region,
    credentials: { accessKeyId: "x", secretAccessKey: "x" },
  });
  const Password = "Correct-horse-1";
  await cognito.send(
    new AdminCreateUserCommand({ UserPoolId: userPoolId, Username: email, MessageAction: "SUPPRESS" }),
  );
  await cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId: userPoolId, Username: email, Password, Permanent: true }),
  );
  await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId: userPoolId, Username: email, GroupName: "staff" }));
  const signIn = async (): Promise<string> => {
    const AuthParameters = { USERNAME: email, PASSWORD: Password };
    const { AuthenticationResult } = await cognito.send(
      new InitiateAuthCommand({ AuthFlow: "USER_PASSWORD_AUTH", ClientId: clientId, AuthParameters }),
    );
    return AuthenticationResult?.AccessToken ?? "";
  };
  const token = await signIn();
  const accepted = await call("GET", "/guarded", as(token));
  expect(accepted.status).toBe(200);
  expect(accepted.json().event.requestContext.authorizer.lambda).toEqual({
    sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
    groups: ["staff"],
  });
  expect((await call("GET", "/guarded", as(`${token.slice(0, -4)}AAAA`))).status).toBe(403);
  cloud.clock.advance("PT1H");
  expect((await call("GET", "/guarded", as(token))).status).toBe(403);
  expect((await call("GET", "/guarded", as(await signIn()))).status).toBe(200);
});

test("an invitation of the user pool lands in the inbox", async () => {
  const { endpoint, userPoolId } = cloud.cognito;
  const credentials = { accessKeyId: "x", secretAccessKey: "x" };
  const cognito = new CognitoIdentityProviderClient({ endpoint, region: cloud.region, credentials });
  const Username = "wu@example.com";
  const UserAttributes = [{ Name: "email", Value: Username }];
  await cognito.send(
    new AdminCreateUserCommand({ UserPoolId: userPoolId, Username, UserAttributes, DesiredDeliveryMediums: ["EMAIL"] }),
  );
  await vi.waitFor(async () => {
    const { emails } = (await (await fetch(`${cloud.inboxUrl}/store`)).json()) as { emails: { destination: object }[] };
    expect(emails.map(({ destination }) => destination)).toContainEqual(expect.objectContaining({ to: [Username] }));
  });
});

test("a failing function is a 500 that says nothing, and a line for the developer", async () => {
  for (const path of ["/throw", "/crash"]) {
    const { status, text } = await call("GET", path);
    expect([status, text]).toEqual([500, '{"message":"Internal Server Error"}']);
  }
  expect(lines).toContain("GET /throw: TypeError: thrown on purpose");
  expect((await call("GET", "/trivial")).status).toBe(200);
});

test("a function that outlasts its integration is a 503", async () => {
  const { status, text } = await call("GET", "/impatient");
  expect([status, text]).toEqual([503, '{"message":"Service Unavailable"}']);
});

test("a route whose function does not permit the API is a 500, and a line says which permission is missing", async () => {
  expect((await call("GET", "/unpermitted")).status).toBe(500);
  expect((await call("GET", "/reader/elsewhere")).status).toBe(500);
  expect(lines).toContain("GET /unpermitted: the API may not invoke its function: no AWS::Lambda::Permission says so");
});

test("CORS follows the API's rules: preflights are answered, allowed origins marked, others left alone", async () => {
  const origin = "https://app.example.com";
  const preflight = await call("OPTIONS", "/guarded", {
    headers: { origin, "access-control-request-method": "GET" },
  });
  expect(preflight.status).toBe(204);
  expect(Object.fromEntries(preflight.headers)).toMatchObject({
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "GET,PUT",
    "access-control-allow-headers": "authorization",
    "access-control-max-age": "600",
  });
  const refused = await call("GET", "/guarded", { headers: { origin } });
  expect(refused.headers.get("access-control-allow-origin")).toBe(origin);
  expect(refused.headers.get("access-control-expose-headers")).toBe("etag");
  const stranger = await call("GET", "/trivial", { headers: { origin: "https://evil.example" } });
  expect(stranger.headers.get("access-control-allow-origin")).toBeNull();
});

test("the clock is read and moved over HTTP, and functions follow", async () => {
  const { now } = (await call("GET", "/_local/clock")).json();
  const moved = await call("POST", "/_local/clock", { body: '{"advance":"P3D"}' });
  expect(Date.parse(moved.json().now) - Date.parse(now)).toBeGreaterThanOrEqual(3 * 86_400_000);
  expect((await call("GET", "/now")).json().now).toBeGreaterThanOrEqual(Date.parse(moved.json().now));
  for (const body of ["{}", '{"advance":"P1M"}', "not json"]) {
    expect((await call("POST", "/_local/clock", { body })).status, body).toBe(400);
  }
});

test("the docs page needs no network", async () => {
  const page = await call("GET", "/_local/docs");
  expect(page.text).not.toMatch(/https?:\/\//);
  expect((await call("GET", "/_local/docs/reference.js")).status).toBe(200);
  expect((await call("GET", "/_local/health")).json()).toEqual({ status: "ready" });
  expect((await call("GET", "/_local/other")).status).toBe(404);
});

test("replacing a function by its source's name changes what its routes answer", async () => {
  expect(cloud.replaceFunction("nobody", "/nowhere")).toBeUndefined();
  const folder = cloud.deployment.find("TestApp-Things")?.assetPath ?? "";
  expect(cloud.replaceFunction("things", folder)).toBe("TestApp-Things");
  expect((await call("GET", "/trivial")).json().invocations).toBe(1);
});

test("settles once nothing runs", async () => {
  const slow = cloud.runtime.invoke("TestApp-Things", { routeKey: "GET /trivial" });
  await cloud.settle();
  expect(cloud.runtime.inFlight()).toBe(0);
  expect((await slow).functionError).toBeUndefined();
});
