import { type Route, routes } from "@shangji/contracts";
import { scopeOf } from "@shangji/core/access/viewer";
import { testViewer } from "@shangji/testing/world";
import { beforeAll, describe, expect, test } from "vitest";
import { raw } from "../e2e/api.ts";
import { madeUpPath } from "../e2e/made-up-path.ts";
import { makeKey } from "./make-key.ts";

const everyRoute = routes.map((route) => [`${route.method} ${route.path}`, route] as const);

/** Asks with ids that belong to nothing and a body that no operation takes: whoever is let in gets 404 or 422. */
const ask = (route: Route, token: string) =>
  raw(madeUpPath(route.path), {
    method: route.method,
    token,
    ...(route.body ? { body: { nothing: true } } : {}),
    headers: { "if-match": '"1"' },
  });

describe("a key with one scope tries everything", () => {
  let narrow: string;
  let wide: string;
  beforeAll(async () => {
    // Of the role that may do most, so that it is the scope that refuses.
    narrow = (await makeKey({ role: "manager", scopes: ["account:read"] })).secret;
    wide = (await makeKey({ role: "integration", scopes: ["*:read", "*:write"] })).secret;
  });

  test.each(everyRoute)("%s is refused outside of the scope, before anything is looked at", async (_name, route) => {
    const { status, body } = await ask(route, narrow);
    const { entity, action } = route.access;
    // A search finds accounts for a key that may read no more.
    const inScope = entity === "self" || (["account", "search"].includes(entity) && action === "read");
    expect(status === 403).toBe(!inScope);
    expect(status).toBeLessThan(500);
    // Neither what is wrong with the body nor whether the record exists.
    if (!inScope) expect(Object.keys(body).sort()).toEqual(["code", "requestId", "status", "title", "type"]);
  });

  test.each(everyRoute)("%s follows the role where the scopes allow all", async (_name, route) => {
    const { status } = await ask(route, wide);
    expect(status === 403).toBe(scopeOf(testViewer({ role: "integration" }), route.access) === "none");
    expect(status).toBeLessThan(500);
  });
});

test("a key that may only import imports nothing that it may not write", async () => {
  const { secret } = await makeKey({ scopes: ["import:write", "account:write"] });
  const send = (entity: string) => raw("/v1/imports", { token: secret, body: { entity } });
  expect((await send("accounts")).status).toBe(201);
  for (const entity of ["contacts", "opportunities", "leads", "products", "users"])
    expect((await send(entity)).status).toBe(403);
});

test("a key cannot make itself more: neither its scopes, nor its account's role, nor another key", async () => {
  const { account, key, secret } = await makeKey({ role: "manager", scopes: ["*:read", "*:write"] });
  const path = `/v1/service-accounts/${account.id}`;
  const headers = { "if-match": '"1"' };
  const attempts = [
    raw(path, { method: "PATCH", token: secret, body: { role: "rep" }, headers }),
    raw(`${path}/keys`, { token: secret, body: { name: "x", scopes: ["*:write"], expiresAt: key.expiresAt } }),
    raw(`${path}/keys/${key.id}/rotate`, { token: secret, body: { overlapSeconds: 60 } }),
    raw(`${path}/keys`, { token: secret }),
    raw("/v1/users", { token: secret, body: { name: "Eve", role: "admin" } }),
  ];
  for (const { status } of await Promise.all(attempts)) expect(status).toBe(403);
});
