import type { Route } from "@shangji/contracts";
import { createAccount, deleteAccount, getAccount, listAccounts } from "@shangji/contracts/accounts/routes";
import { sampleAccount } from "@shangji/contracts/samples/records";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { expect, test } from "vitest";
import { parseRequest } from "./parse-request.ts";

function eventOf(parts: Partial<APIGatewayProxyEventV2> & { json?: unknown } = {}): APIGatewayProxyEventV2 {
  const { json, ...event } = parts;
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const headers = { "content-type": "application/json", ...event.headers };
  return { ...body, ...event, headers } as APIGatewayProxyEventV2; // the parts that parsing reads
}

function refusal(route: Route, event: APIGatewayProxyEventV2) {
  try {
    parseRequest(route, event);
  } catch (error) {
    return error;
  }
  throw new Error("the request was accepted");
}

const id = { pathParameters: { id: sampleAccount.id } };

test.each<[string, Route, APIGatewayProxyEventV2, string]>([
  ["JSON that ends early", createAccount, eventOf({ body: '{"name":' }), "malformed_json"],
  ["no body", createAccount, eventOf(), "malformed_json"],
  ["__proto__ as a field", createAccount, eventOf({ body: '{"name":"A","__proto__":{}}' }), "malformed_json"],
  ["a form", createAccount, eventOf({ json: {}, headers: { "content-type": "text/plain" } }), "unsupported_media_type"],
  ["a body over 1 MB", createAccount, eventOf({ body: `"${"x".repeat(1_000_001)}"` }), "too_large"],
  ["an id of another kind", getAccount, eventOf({ pathParameters: { id: "usr_1" } }), "not_found"],
  ["no If-Match", deleteAccount, eventOf(id), "precondition_required"],
  ["a weak tag", deleteAccount, eventOf({ ...id, headers: { "if-match": 'W/"3"' } }), "stale_version"],
  ["an unknown parameter", listAccounts, eventOf({ queryStringParameters: { order: "name" } }), "invalid_request"],
  [
    "a parameter where none is known",
    getAccount,
    eventOf({ ...id, queryStringParameters: { x: "1" } }),
    "invalid_request",
  ],
  ["a limit above 200", listAccounts, eventOf({ queryStringParameters: { limit: "201" } }), "invalid_request"],
])("refuses %s", (_, route, event, code) => {
  expect(refusal(route, event)).toMatchObject({ code });
});

test("names every wrong field by its pointer", () => {
  const event = eventOf({ json: { name: "", employees: -1, colour: "red", tags: ["ok", 1] } });
  const { errors } = refusal(createAccount, event) as { errors: { pointer: string }[] };
  expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
    "/body/colour",
    "/body/employees",
    "/body/name",
    "/body/tags/1",
  ]);
});

test("reads the version, defaults and base64 bodies", () => {
  expect(parseRequest(deleteAccount, eventOf({ ...id, headers: { "if-match": '"3"' } })).expectedVersion).toBe(3);
  expect(parseRequest(listAccounts, eventOf()).query).toEqual({ limit: 50 });
  const body = Buffer.from('{"name":" 上海 "}').toString("base64");
  expect(parseRequest(createAccount, eventOf({ body, isBase64Encoded: true })).body).toEqual({
    name: "上海",
    tags: [],
  });
});
