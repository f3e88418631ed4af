import { routes } from "@shangji/contracts";
import type { AccessRules } from "@shangji/contracts/access/schemas";
import { ServiceAccountRole } from "@shangji/contracts/service-accounts/schemas";
import { Scope } from "@shangji/contracts/service-accounts/scopes";
import { describe, expect, test } from "vitest";
import { defaultRules } from "./default-policy.ts";
import { findable, isInScope } from "./scopes.ts";
import { scopeOf } from "./viewer.ts";

const closed: readonly string[] = ["serviceAccount", "apiKey", "dataSubjectRequest", "policy", "audit"];
const userId = "svc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";

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

test("H8 figures are counted for keys that may read what is counted", () => {
  const figures = { entity: "analytics", action: "read" } as const;
  expect(isInScope(["analytics:read"], figures)).toBe(false);
  expect(isInScope(["analytics:read", "opportunity:read"], figures)).toBe(true);
});

test("H8 behind an operation, records are reached only where the scopes reach; who changes one finds it", () => {
  const reach = (scopes: string[], action: "read" | "update") =>
    scopeOf({ actor: { userId, role: "integration", scopes }, rules: defaultRules }, { entity: "account", action });
  expect(reach(["note:read"], "read")).toBe("none");
  expect(reach(["account:read"], "read")).toBe("all");
  expect(reach(["account:read"], "update")).toBe("none");
  expect(reach(["account:write"], "read")).toBe("all");
});

describe("H8 every operation", () => {
  test.each(routes.map((route) => [route.id, route] as const))("%s is covered by its own scope and *", (_id, route) => {
    const { entity, action } = route.access;
    const mode = action === "read" ? "read" : "write";
    const others = entity === "analytics" ? ["opportunity:read"] : [];
    for (const scope of Scope.options) {
      const entities = entity === "search" ? findable : [entity];
      const scopes = [...entities, "*"].map((each) => `${each}:${mode}`);
      // Who it is may be asked by any key.
      const covers = entity === "self" || (!closed.includes(entity) && scopes.includes(scope));
      expect({ scope, covers: isInScope([scope, ...others], route.access) }).toEqual({ scope, covers });
    }
  });

  test("asks for a scope that keys can have, and no scope is asked for by none", () => {
    const asked = new Set<string>(
      routes.flatMap(({ access, orAccess }) => [access.entity, orAccess?.entity ?? "self"]),
    );
    const entities = new Set(Scope.options.map((scope) => scope.split(":")[0] ?? ""));
    expect([...entities].filter((entity) => entity !== "*" && !asked.has(entity))).toEqual([]);
  });

  test("on service accounts, keys, requests of persons, the policy and the trail is closed to every key, whatever its scopes and the policy", () => {
    const { admin } = defaultRules.roles;
    const generous: AccessRules = { roles: { admin, manager: admin, rep: admin, analyst: admin, integration: admin } };
    const guarded = routes.filter(({ access }) => closed.includes(access.entity));
    expect(guarded).toHaveLength(15);
    for (const { access } of guarded) {
      for (const role of ServiceAccountRole.options) {
        expect(isInScope(Scope.options, access)).toBe(false);
        const actor = { userId, role, scopes: Scope.options };
        expect(scopeOf({ actor, rules: generous }, access)).toBe("none");
        if (access.entity !== "policy" && access.entity !== "audit")
          expect(scopeOf({ actor: { userId, role }, rules: generous }, access)).toBe("none");
      }
    }
    expect(Scope.options.filter((scope) => closed.includes(scope.split(":")[0] ?? ""))).toEqual([]);
  });
});
