import type { Submission } from "@shangji/contracts/public-forms/routes";
import type { Sender } from "@shangji/core/forms/sendable-form";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { publicForm } from "./public-form.ts";

const key = "k".repeat(32);
const origin = "https://www.example.com";
const urlEncoded = "application/x-www-form-urlencoded";

let logged = "";
beforeEach(() => {
  logged = "";
  vi.spyOn(process.stdout, "write").mockImplementation((line) => {
    logged += String(line);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

function send(
  body: string,
  type = "application/json",
  options: { refuse?: DomainError; headers?: object; method?: string } = {},
) {
  const asked: Sender[] = [];
  const taken: { inputs: Submission; network: string; source: string }[] = [];
  const handler = publicForm({
    defaultLanguage: "en",
    async ask(sender) {
      asked.push(sender);
      if (options.refuse) throw options.refuse;
    },
    async submit({ inputs, network }, context) {
      if (options.refuse) throw options.refuse;
      taken.push({ inputs, network, source: context.source });
      return { redirectUrl: "https://www.example.com/thanks" };
    },
  });
  const event = {
    routeKey: "POST /v1/public/forms/{key}",
    pathParameters: { key },
    headers: { "content-type": type, origin, ...options.headers },
    body: Buffer.from(body).toString("base64"),
    isBase64Encoded: true,
    requestContext: { requestId: "r1", http: { method: options.method ?? "POST", sourceIp: "203.0.113.7" } },
  } as unknown as APIGatewayProxyEventV2; // what the handler reads of one
  return handler(event).then((answer) => ({ answer, asked, taken }));
}

test("JSON and url-encoded text are the same inputs, and only a page without a script is led on", async () => {
  const json = await send('{"name":"陈静","mail":"a@b.cn"}');
  const encoded = await send("name=%E9%99%88%E9%9D%99&mail=a%40b.cn", `${urlEncoded}; charset=utf-8`);
  expect(json.taken).toEqual([{ inputs: { name: "陈静", mail: "a@b.cn" }, network: "203.0.113.7", source: "form" }]);
  expect(encoded.taken).toEqual(json.taken);
  expect(json.answer).toMatchObject({ statusCode: 202, body: '{"accepted":true}' });
  expect(encoded.answer).toMatchObject({ statusCode: 303, headers: { location: "https://www.example.com/thanks" } });
});

test("a page in GB18030 is read as such, one in UTF-8 as ever, and what is neither as well as it can be", async () => {
  const inputsOf = async (body: string, type = urlEncoded) => (await send(body, type)).taken[0]?.inputs;
  expect(await inputsOf("name=%C0%EE+%C3%F7&%B9%AB%CB%BE=%BB%AA%CE%AA")).toEqual({ name: "李 明", 公司: "华为" });
  expect(await inputsOf("name=%C0%EE%C3%F7", `${urlEncoded}; charset=gbk`)).toEqual({ name: "李明" });
  expect(await inputsOf("name=%E6%9D%8E=%E6%98%8E&&box=1&box=2")).toEqual({ name: "李=明", box: "2" });
  expect(await inputsOf("name=李明&a=1%2")).toEqual({ name: "李明", a: "1%2" });
  expect(await inputsOf("name=%FF%FF")).toEqual({ name: "\ufffd\ufffd" });
});

test("half a character is none: what would be no text for a store or a mail is replaced", async () => {
  const { taken } = await send('{"name":"a\\ud800b"}');
  expect(taken[0]?.inputs).toEqual({ name: "a\ufffdb" });
});

test("a page that may send the form may read the answer; another one may not", async () => {
  const { answer } = await send("{}");
  expect(answer.headers).toMatchObject({ "access-control-allow-origin": origin, vary: "origin" });
  const refused = await send("{}", undefined, { refuse: new DomainError("origin_not_allowed", "") });
  expect(refused.answer.statusCode).toBe(403);
  expect(refused.answer.headers).not.toHaveProperty("access-control-allow-origin");
});

test("a preflight is answered for a page that may send the form, and tells another one nothing", async () => {
  const { answer, asked, taken } = await send("", undefined, { method: "OPTIONS" });
  expect([answer.statusCode, asked, taken]).toEqual([204, [{ key, origin, network: "203.0.113.7" }], []]);
  expect(answer.headers).toMatchObject({
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "content-type,accept-language",
    vary: "origin",
  });
  for (const code of ["origin_not_allowed", "not_found", "too_many_requests"] as const) {
    const refused = await send("", undefined, { method: "OPTIONS", refuse: new DomainError(code, "") });
    expect(refused.answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(Object.keys(refused.answer.headers ?? {}).join()).not.toContain("access-control");
  }
});

test.each([
  ["text of another kind", "x", "text/plain", 415],
  ["no JSON", "{", "application/json", 400],
  ["nested JSON", '{"name":{"a":1}}', "application/json", 422],
  ["deep JSON", `${"[".repeat(30_000)}`, "application/json", 400],
  ["a list", "[]", "application/json", 422],
  ["a prototype", '{"__proto__":{"name":"x"}}', "application/json", 400],
  ["1 MB", `name=${"x".repeat(1_000_000)}`, urlEncoded, 413],
  [
    "64 KB of letters that are three bytes each",
    JSON.stringify({ name: "陈".repeat(22_000) }),
    "application/json",
    413,
  ],
  ["a long text", JSON.stringify({ name: "x".repeat(10_001) }), "application/json", 422],
  ["many inputs", Array.from({ length: 101 }, (_, at) => `i${at}=1`).join("&"), urlEncoded, 422],
])("%s is refused before anything is done", async (_name, body, type, status) => {
  const { answer, taken } = await send(body, type);
  expect([answer.statusCode, taken]).toEqual([status, []]);
});

test("logs hold nothing of what was sent, nor from where", async () => {
  await send('{"name":"SECRET"}');
  await send('{"name":"SECRET"}', undefined, { refuse: new DomainError("too_many_requests", "") });
  await send('{"name":"SECRET"', "SECRET", { headers: { "user-agent": "SECRET" } });
  expect(logged.split("\n").filter(Boolean)).toHaveLength(3);
  expect(logged).not.toMatch(/SECRET|203\.0|example\.com/);
});
