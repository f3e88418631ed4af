import { routes } from "@shangji/contracts";
import { defaultRules } from "@shangji/core/access/default-policy";
import { scopeOf } from "@shangji/core/access/viewer";
import { describe, expect, test } from "vitest";
import { raw, type TestRole } from "./api.ts";
import { madeUpPath } from "./made-up-path.ts";

const roles: TestRole[] = ["admin", "manager", "rep", "analyst"];

describe("H2 every operation, every role", () => {
  test.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))("%s", async (_name, route) => {
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
        forbidden: scopeOf({ actor: { userId: "", role }, rules: defaultRules }, route.access) === "none",
      });
      expect(answer.status).toBeLessThan(500);
    }
  });
});
