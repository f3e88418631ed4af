import { type Access, routes } from "@shangji/contracts";
import { ServiceAccountRole } from "@shangji/contracts/service-accounts/schemas";
import { Scope } from "@shangji/contracts/service-accounts/scopes";
import { testViewer } from "@shangji/testing/world";
import { describe, expect, test } from "vitest";
import type { Actor } from "../kit/actor.ts";
import { isInScope } from "./scopes.ts";
import { scopeOf } from "./viewer.ts";

const may = (actor: Partial<Actor>, access: Access) => scopeOf(testViewer(actor), access) !== "none";
const own: readonly string[] = ["serviceAccount", "apiKey"];

test("H8 a scope covers its own entity and mode and nothing else", () => {
  const read = { entity: "account", action: "read" } as const;
  expect(isInScope(["account:read"], read)).toBe(true);
  expect(isInScope(["account:read"], { entity: "account", action: "create" })).toBe(false);
  expect(isInScope(["account:read"], { entity: "contact", action: "read" })).toBe(false);
  expect(isInScope(["account:write"], read)).toBe(false);
  expect(isInScope([], read)).toBe(false);
  expect(isInScope(undefined, read)).toBe(true);
});

test("H8 write is create, update and delete", () => {
  for (const action of ["create", "update", "delete"] as const) {
    expect(isInScope(["account:write"], { entity: "account", action })).toBe(true);
    expect(isInScope(["*:write"], { entity: "account", action })).toBe(true);
  }
});

describe("H8 every operation", () => {
  test.each(routes.map((route) => [route.id, route] as const))(
    "%s is open to a key by role and scope",
    (_id, route) => {
      const mode = route.access.action === "read" ? "read" : "write";
      for (const role of ServiceAccountRole.options) {
        for (const scope of Scope.options) {
          const covers = scope === `${route.access.entity}:${mode}` || scope === `*:${mode}`;
          const answer = { role, scope, may: may({ role, scopes: [scope] }, route.access) };
          expect(answer).toEqual({ role, scope, may: covers && may({ role }, route.access) });
        }
      }
    },
  );

  test("on service accounts and keys is closed to every key, whatever its scopes", () => {
    const guarded = routes.filter(({ access }) => own.includes(access.entity));
    expect(guarded).toHaveLength(8);
    for (const { access } of guarded) {
      for (const role of ServiceAccountRole.options) expect(may({ role, scopes: Scope.options }, access)).toBe(false);
    }
    expect(Scope.options.filter((scope) => own.includes(scope.split(":")[0] ?? ""))).toEqual([]);
  });
});
