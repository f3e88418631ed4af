import { type Route, routes } from "@shangji/contracts";
import { defaultRules } from "@shangji/core/access/default-policy";
import { isForAdmins } from "@shangji/core/access/scopes";
import { describe, expect, test } from "vitest";
import { raw, type TestRole } from "./api.ts";
import { madeUpPath } from "./made-up-path.ts";

const roles: TestRole[] = ["admin", "manager", "rep", "analyst"];

function isForbidden(role: TestRole, { access: { entity, action } }: Route): boolean {
  // Each of these roles may read something that a search finds, may ask who it is, keep views and export what it reads.
  if (entity === "search" || entity === "self" || entity === "view" || entity === "export") return false;
  if (isForAdmins(entity)) return role !== "admin";
  return defaultRules.roles[role][entity][action] === "none";
}

describe("H2 every operation, every role", () => {
  const guarded = routes.filter(({ isPublic }) => !isPublic);
  test.each(guarded.map((route) => [`${route.method} ${route.path}`, route] as const))("%s", async (_name, route) => {
    const send = (options: { role?: TestRole }) =>
      raw(madeUpPath(route.path), {
        method: route.method,
        ...options,
        // An empty body is refused by every operation that needs one, so that nothing is written here.
        ...(route.body ? { body: { nothing: true } } : {}),
        headers: { "if-match": '"1"' },
      });
    expect((await send({})).status).toBe(401);
    for (const role of roles) {
      const answer = await send({ role });
      const verdict = { role, forbidden: answer.status === 403 };
      expect(verdict).toEqual({
        role,
        forbidden: isForbidden(role, route),
      });
      expect(answer.status).toBeLessThan(500);
    }
  });
});
