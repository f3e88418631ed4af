import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { clientOf, makePipeline, raw } from "./api.ts";
import { tokens } from "./tokens.ts";

const admin = clientOf("admin");
const goodToken = tokens.rep;
let opportunity: { id: string; version: number; stageId: string };
let before: string;

beforeAll(async () => {
  const pipeline = await makePipeline(admin);
  opportunity = await admin.call("createOpportunity", {
    body: { name: "Untouched", pipelineId: pipeline.id, amountMinor: 7 },
  });
  before = (await raw(`/v1/opportunities/${opportunity.id}`, { role: "admin" })).text;
});

const path = () => `/v1/opportunities/${opportunity.id}`;
const patch = (body: unknown, headers: Record<string, string> = { "if-match": '"1"' }) =>
  raw(path(), { method: "PATCH", role: "admin", body, headers });

const cases: [name: string, send: () => ReturnType<typeof raw>, status: number, code: string][] = [
  ["malformed JSON", () => raw("/v1/accounts", { role: "admin", text: '{"name":' }), 400, "malformed_json"],
  [
    "another media type",
    () => raw("/v1/accounts", { role: "admin", text: "name=x", headers: { "content-type": "text/plain" } }),
    415,
    "unsupported_media_type",
  ],
  ["an unknown field", () => patch({ colour: "red" }), 422, "invalid_request"],
  ["a field that only the store sets", () => patch({ version: 9 }), 422, "invalid_request"],
  [
    "a prototype key",
    () => raw("/v1/accounts", { role: "admin", text: '{"name":"x","__proto__":{"role":"admin"}}' }),
    400,
    "malformed_json",
  ],
  ["a wrong type", () => patch({ amountMinor: "7" }), 422, "invalid_request"],
  ["a fraction of a minor unit", () => patch({ amountMinor: 7.5 }), 422, "invalid_request"],
  ["a name that is too long", () => patch({ name: "长".repeat(201) }), 422, "invalid_request"],
  ["a line break in a name", () => patch({ name: "a\nb" }), 422, "invalid_request"],
  ["an unknown query parameter", () => raw("/v1/opportunities?colour=red", { role: "admin" }), 422, "invalid_request"],
  ["a huge limit", () => raw("/v1/opportunities?limit=1000000000", { role: "admin" }), 422, "invalid_request"],
  [
    "a period that ends before it starts",
    () => raw("/v1/analytics/kpis?from=2026-02-01&to=2026-01-01", { role: "admin" }),
    422,
    "invalid_request",
  ],
  ["an unknown id", () => raw("/v1/opportunities/opp_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", { role: "admin" }), 404, "not_found"],
  ["an id that cannot exist", () => raw("/v1/opportunities/1%20OR%201", { role: "admin" }), 404, "not_found"],
  ["an owner who does not exist", () => patch({ ownerId: "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" }), 422, "unknown_reference"],
  [
    "an account that does not exist",
    () => patch({ accountId: "acc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" }),
    422,
    "unknown_reference",
  ],
  ["a currency without a rate", () => patch({ currency: "XAU" }), 422, "currency_without_rate"],
  ["no If-Match", () => patch({ name: "x" }, {}), 428, "precondition_required"],
  ["a stale If-Match", () => patch({ name: "x" }, { "if-match": '"99"' }), 412, "stale_version"],
  ["a weak If-Match", () => patch({ name: "x" }, { "if-match": 'W/"1"' }), 412, "stale_version"],
  [
    "a stale If-Match on a transition",
    () =>
      raw(`${path()}/transitions`, {
        role: "admin",
        body: { to: opportunity.stageId },
        headers: { "if-match": '"99"' },
      }),
    412,
    "stale_version",
  ],
  [
    "an unknown stage",
    () => raw(`${path()}/transitions`, { role: "admin", body: { to: "stg_0000000000" } }),
    422,
    "unknown_reference",
  ],
  [
    "a transition to the same stage",
    () => raw(`${path()}/transitions`, { role: "admin", body: { to: opportunity.stageId } }),
    409,
    "transition_refused",
  ],
  [
    "an invented cursor",
    () => raw("/v1/opportunities?cursor=eyJ4IjoxfQ.AAAAAAAAAAAAAAAAAAAAAA", { role: "admin" }),
    400,
    "invalid_cursor",
  ],
  ["a role that may not", () => raw("/v1/pipelines", { role: "analyst", body: {} }), 403, "forbidden"],
];

describe("wrong input", () => {
  test.each(cases)("%s gets its status and code, and changes nothing", async (_name, send, status, code) => {
    const answer = await send();
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect((await raw(path(), { role: "admin" })).text).toBe(before);
  });

  test("a malformed id and a missing one get the same body, but for the request id", async () => {
    const strip = (text: string) => text.replace(/"requestId":"[^"]*"/, "");
    const missing = await raw("/v1/opportunities/opp_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", { role: "rep" });
    const malformed = await raw("/v1/opportunities/opp_x", { role: "rep" });
    expect(strip(malformed.text)).toBe(strip(missing.text));
  });

  test("a cursor works only for the caller and the query that it was made for", async () => {
    const page = await raw("/v1/opportunities?limit=1", { role: "admin" });
    for (let extra = 0; page.body.next === undefined && extra < 1; extra++) await makePipeline(admin);
    const second = await admin.call("createOpportunity", { body: { name: "One more" } });
    const { body } = await raw("/v1/opportunities?limit=1", { role: "admin" });
    const cursor = encodeURIComponent(String(body.next));
    expect(second.id).toBeDefined();
    expect((await raw(`/v1/opportunities?limit=1&cursor=${cursor}`, { role: "admin" })).status).toBe(200);
    expect((await raw(`/v1/opportunities?limit=1&cursor=${cursor}`, { role: "rep" })).body.code).toBe("invalid_cursor");
    expect((await raw(`/v1/opportunities?limit=2&cursor=${cursor}`, { role: "admin" })).body.code).toBe(
      "invalid_cursor",
    );
    const flipped = `${cursor.slice(0, -2)}${cursor.at(-2) === "A" ? "B" : "A"}${cursor.at(-1)}`;
    expect((await raw(`/v1/opportunities?limit=1&cursor=${flipped}`, { role: "admin" })).body.code).toBe(
      "invalid_cursor",
    );
  });
});

describe("tokens", () => {
  const [head = "", claims = "", signature = ""] = goodToken.split(".");
  const decoded = JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<string, unknown>;
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const header = JSON.parse(Buffer.from(head, "base64url").toString()) as Record<string, unknown>;
  const signed = (claimsPart: string, kid: unknown = header.kid) => {
    const start = `${part({ alg: "RS256", kid })}.${claimsPart}`;
    return `${start}.${sign("sha256", Buffer.from(start), privateKey).toString("base64url")}`;
  };
  const hmacStart = `${part({ alg: "HS256", kid: header.kid })}.${claims}`;

  test.each([
    ["none at all", undefined],
    ["nonsense", "abc"],
    ["without a signature (alg none)", `${part({ alg: "none" })}.${claims}.`],
    [
      "signed with HS256 and a public value",
      `${hmacStart}.${createHmac("sha256", String(header.kid)).update(hmacStart).digest("base64url")}`,
    ],
    ["signed by another key", signed(claims)],
    ["signed by an unknown key", signed(claims, "unknown")],
    ["with changed claims", `${head}.${part({ ...decoded, "cognito:groups": ["admin"] })}.${signature}`],
    ["that expired", signed(part({ ...decoded, exp: Math.floor(Date.now() / 1000) - 1 }))],
  ])("refuses a token %s with 401", async (_name, token) => {
    const answer = await raw("/v1/me", token === undefined ? {} : { token });
    expect(answer.status).toBe(401);
    expect(answer.text).toBe('{"message":"Unauthorized"}');
  });

  test("an undeclared route answers as if nothing were there", async () => {
    expect((await raw("/v1/secrets", { role: "admin" })).status).toBe(404);
    expect((await raw("/v1//opportunities", { role: "admin" })).status).toBe(404);
    expect((await raw("/v1/opportunities/", { role: "admin" })).status).toBe(404);
  });
});
