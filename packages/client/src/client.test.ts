import { describe, expect, test } from "vitest";
import { type Client, type ClientOptions, createClient } from "./index.ts";

interface Sent {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: unknown;
}

type Answered = Response | Error;

/** A client whose requests are answered one after the other, the last answer again and again. */
function clientWith(answers: (() => Answered)[], options: Partial<ClientOptions> = {}) {
  const sent: Sent[] = [];
  const waits: number[] = [];
  const client: Client = createClient({
    baseUrl: "https://api.test",
    token: "sk_1",
    random: () => 0.5,
    pause: async (milliseconds) => void waits.push(milliseconds),
    fetch: async (url, { method = "GET", headers = {}, body } = {}) => {
      sent.push({
        url: String(url),
        method,
        headers: headers as Record<string, string>,
        body: body && JSON.parse(String(body)),
      }); // as the client makes them
      const answer = answers[Math.min(sent.length, answers.length) - 1]?.();
      if (!answer || answer instanceof Error) throw answer;
      return answer;
    },
    ...options,
  });
  return { client, sent, waits };
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  () =>
    new Response(status === 204 ? null : JSON.stringify(body), { status, headers });
const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  json(status, { type: `urn:shangji:problem:${code}`, title: "t", status, code, requestId: "r-1" }, headers);
const done = json(200, { id: "acc_1", version: 1 });
const broken = () => new TypeError("fetch failed");
const account = { body: { name: "华为" } };
const path = { id: "acc_1" };

describe("a call is made again", () => {
  test("after the time that the API says, with a little more", async () => {
    const { client, waits, sent } = clientWith([problem(429, "too_many_requests", { "retry-after": "7" }), done]);
    expect(await client.call("getAccount", { path })).toEqual({ id: "acc_1", version: 1 });
    expect(waits).toEqual([7_350]);
    expect(sent).toHaveLength(2);
  });

  test("later and later where nothing is said, also by the gateway, which knows no codes", async () => {
    const tooMany = json(429, { message: "Too Many Requests" });
    const { client, waits } = clientWith([tooMany, json(503, { message: "Service Unavailable" }), broken, done]);
    await client.call("getAccount", { path });
    expect(waits).toEqual([125, 250, 500]);
  });

  test("with the same key, so that a POST has its effect once", async () => {
    const { client, sent } = clientWith([
      broken,
      json(502, {}),
      problem(409, "idempotency_in_progress"),
      json(201, {}),
    ]);
    await client.call("createAccount", account);
    const keys = sent.map(({ headers }) => headers["idempotency-key"]);
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    await client.call("createAccount", { ...account, idempotencyKey: "mine" });
    expect(sent.at(-1)?.headers["idempotency-key"]).toBe("mine");
  });

  test("when it is a put, which is the same done twice", async () => {
    const put = { path: { source: "金蝶", id: "A/1" }, ...account };
    const { client, sent } = clientWith([broken, done]);
    await client.call("putAccount", put);
    expect(sent.map(({ url }) => url)).toEqual(
      Array(2).fill("https://api.test/v1/accounts/by-external-id/%E9%87%91%E8%9D%B6/A%2F1"),
    );
    expect(sent[0]?.headers).not.toHaveProperty("idempotency-key");
  });

  test.each([
    ["a change whose fate nobody knows", broken],
    ["a change that the gateway has not heard of in time", json(503, {})],
    ["a change that has failed", problem(500, "internal")],
    ["a stale change", problem(412, "stale_version")],
  ])("never for %s", async (_name, answer) => {
    const { client, sent } = clientWith([answer, done]);
    await expect(client.call("updateAccount", { path, ifMatch: 3, body: { name: "x" } })).rejects.toThrow();
    expect(sent).toHaveLength(1);
    expect(sent[0]?.headers["if-match"]).toBe('"3"');
  });

  test("for a change that the API says it has not made", async () => {
    const { client } = clientWith([problem(503, "unavailable", { "retry-after": "1" }), done]);
    expect(await client.call("updateAccount", { path, ifMatch: 3, body: { name: "x" } })).toMatchObject({ version: 1 });
  });

  test("no more than four times, not after too long a wait, and not at all if so told", async () => {
    const busy = problem(503, "unavailable");
    for (const [options, calls, answer] of [
      [{}, 5, busy],
      [{ retries: 1 }, 2, busy],
      [{ retries: 0 }, 1, busy],
      [{ longestWaitSeconds: 10 }, 1, problem(429, "too_many_requests", { "retry-after": "11" })],
    ] as const) {
      const { client, sent } = clientWith([answer], options);
      await expect(client.call("createAccount", account)).rejects.toMatchObject({ name: "ApiProblem" });
      expect(sent).toHaveLength(calls);
      expect("idempotency-key" in (sent[0]?.headers ?? {})).toBe(!("retries" in options) || options.retries > 0);
    }
  });
});

test("a refusal is an error with its code, its faults, its request and its wait", async () => {
  const errors = [{ pointer: "/body/name", message: "is missing" }];
  const body = { code: "invalid_request", detail: "Some values are not valid.", errors, requestId: "r-1" };
  const { client } = clientWith([json(422, body)]);
  const refusal = client.call("createAccount", account);
  await expect(refusal).rejects.toMatchObject({ status: 422, code: "invalid_request", errors, requestId: "r-1" });
  const limited = clientWith([problem(429, "too_many_requests", { "retry-after": "30" })], { retries: 0 });
  await expect(limited.client.call("getAccount", { path })).rejects.toMatchObject({ retryAfterSeconds: 30 });
  const refused = clientWith([json(401, { message: "Unauthorized" }, { "apigw-requestid": "g-1" })]);
  await expect(refused.client.call("getAccount", { path })).rejects.toMatchObject({
    code: undefined,
    requestId: "g-1",
  });
});

test("an answer may be had with its status and headers", async () => {
  const { client } = clientWith([json(201, { id: "acc_1" }, { ratelimit: '"default";r=5;t=9' })]);
  const answer = await client.ask("putAccount", { path: { source: "erp", id: "1" }, ...account });
  expect([answer.status, answer.headers.get("ratelimit"), answer.output.id]).toEqual([
    201,
    '"default";r=5;t=9',
    "acc_1",
  ]);
});

test("a list is followed to its end", async () => {
  const { client, sent } = clientWith([
    json(200, { items: [{ id: 1 }, { id: 2 }], next: "c" }),
    json(200, { items: [{ id: 3 }] }),
  ]);
  const seen: unknown[] = [];
  for await (const { id } of client.each("listAccounts", { query: { limit: 2 } })) seen.push(id);
  expect(seen).toEqual([1, 2, 3]);
  expect(sent.map(({ url }) => url.split("?")[1])).toEqual(["limit=2", "limit=2&cursor=c"]);
});

describe("rows", () => {
  const results = (sent: Sent[], status = 201) => {
    const { rows } = (sent.at(-1)?.body ?? { rows: [] }) as { rows: unknown[] }; // the body of a batch
    return json(200, { results: rows.map((_, index) => ({ index, status })) })();
  };

  test("of any number are sent by hundreds, each batch with a key of its own, and counted through", async () => {
    const { client, sent } = clientWith([() => results(sent)]);
    const rows = Array.from({ length: 201 }, (_, index) => ({ create: { name: `${index}` } }));
    const indexes: number[] = [];
    for await (const { index } of client.eachResult("batchAccounts", rows, { idempotencyKey: "night" }))
      indexes.push(index);
    expect(indexes).toEqual(rows.map((_, index) => index));
    expect(
      sent.map(({ headers, body }) => [headers["idempotency-key"], (body as { rows: unknown[] }).rows.length]),
    ).toEqual([
      ["night-0", 100],
      ["night-100", 100],
      ["night-200", 1],
    ]);
  });

  test("that the API had no time for are sent again under the same key", async () => {
    const { client, sent } = clientWith([() => results(sent, 503), () => results(sent)]);
    const statuses: number[] = [];
    for await (const { status } of client.eachResult("batchAccounts", [{ create: { name: "x" } }]))
      statuses.push(status);
    expect(statuses).toEqual([201]);
    expect(new Set(sent.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  });
});
