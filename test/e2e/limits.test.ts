import { type Route, routes } from "@shangji/contracts";
import { describe, expect, test } from "vitest";
import { localNow, makeKey } from "../attack/make-key.ts";
import { clientOf, eventually, raw } from "./api.ts";
import { madeUpPath } from "./made-up-path.ts";

const admin = clientOf("admin");

/** A key of an account with this many requests a minute. */
async function keyWith(requestsPerMinute: number) {
  const made = await makeKey({ scopes: ["account:read", "account:write"] });
  const path = { id: made.account.id };
  await admin.call("updateServiceAccount", { path, ifMatch: 1, body: { requestsPerMinute } });
  return made.secret;
}

/** To the start of a minute, so that what follows is in one. */
async function nextMinute() {
  const left = 60_000 - ((await localNow()) % 60_000);
  await raw("/_local/clock", { body: { advance: `PT${Math.ceil(left / 1000)}S` } });
}

const shown = ({ headers }: { headers: Headers }) => ({
  policy: headers.get("ratelimit-policy"),
  limit: headers.get("ratelimit"),
});

test("I3 a machine has its requests a minute, is told what is left, and is refused until the minute is over", async () => {
  const token = await keyWith(3);
  await nextMinute();
  const ask = () => raw("/v1/accounts?limit=1", { token, headers: { "accept-language": "zh-CN" } });
  for (const left of [2, 1, 0]) {
    const answer = await ask();
    expect([answer.status, shown(answer).policy]).toEqual([200, '"default";q=3;w=60']);
    expect(shown(answer).limit).toMatch(new RegExp(`^"default";r=${left};t=\\d+$`));
  }
  const refused = await ask();
  expect(refused.headers.get("content-type")).toContain("application/problem+json");
  expect(refused.body).toMatchObject({
    status: 429,
    code: "too_many_requests",
    title: "请求过多，请稍后再试。",
    "violated-policies": ["default"],
  });
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(shown(refused).limit).toBe(`"default";r=0;t=${refused.headers.get("retry-after")}`);
  await raw("/_local/clock", { body: { advance: `PT${refused.headers.get("retry-after")}S` } });
  expect((await ask()).status).toBe(200);
});

test("I3 a batch counts as ten requests, and refusals count like everything else", async () => {
  const token = await keyWith(12);
  await nextMinute();
  const batch = () => raw("/v1/accounts/batch", { token, body: { rows: [{ create: { name: "One" } }] } });
  expect(shown(await batch()).limit).toMatch(/;r=2;/);
  expect((await batch()).status).toBe(429);
  expect((await raw("/v1/accounts/batch", { token, text: "{" })).status).toBe(429);
  expect((await raw("/v1/opportunities", { token })).status).toBe(403);
  expect((await raw("/v1/accounts/acc_nothing", { token })).status).toBe(404);
  expect((await raw("/v1/accounts", { token })).status).toBe(429);
});

test("I3 people have no budget unless the organisation sets one", async () => {
  expect(shown(await raw("/v1/accounts?limit=1", { role: "rep" }))).toEqual({ policy: null, limit: null });
});

describe("I3 every function charges machines for what they ask", () => {
  // What is public has no caller; its own limits are tried in the attacks.
  const ofCallers = routes.filter(({ isPublic }) => !isPublic);
  const byDomain = [...Map.groupBy(ofCallers, ({ domain }) => domain)].map(
    ([domain, [first]]) => [domain, first as Route] as const, // every domain has a route
  );
  test.each(byDomain)("%s", async (_domain, route) => {
    const { secret } = await makeKey({ scopes: ["*:read"] });
    // A call is let pass without being charged where the store is slow, as it may be at a function's first call.
    const answer = await eventually(
      () =>
        raw(madeUpPath(route.path), {
          method: route.method,
          token: secret,
          ...(route.body ? { body: { nothing: true } } : {}),
        }),
      (answered) => shown(answered).policy !== null,
    );
    expect(shown(answer).policy).toBe('"default";q=3000;w=60');
  });
});
