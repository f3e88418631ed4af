import { routes } from "@shangji/contracts";
import { defaultRules } from "@shangji/core/access/default-policy";
import { describe, expect, test } from "vitest";
import { raw, type TestRole } from "./api.ts";

const roles: TestRole[] = ["admin", "manager", "rep", "analyst"];

/** A path of the route with ids that belong to nothing. */
function pathOf(template: string): string {
  const [, collection = ""] = /^\/v1\/(\w+)/.exec(template) ?? [];
  const prefix: Record<string, string> = {
    users: "usr",
    teams: "team",
    accounts: "acc",
    contacts: "con",
    products: "prd",
    pipelines: "pip",
    opportunities: "opp",
    records: "acc",
    imports: "imp",
  };
  return template
    .replace("{id}", `${prefix[collection]}_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D`)
    .replace("{noteId}", "note_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D")
    .replace("{version}", "1");
}

describe("H2 every operation, every role", () => {
  test.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))("%s", async (_name, route) => {
    const send = (options: { role?: TestRole }) =>
      raw(pathOf(route.path), {
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
        forbidden: defaultRules.roles[role][route.access.entity][route.access.action] === "none",
      });
      expect(answer.status).toBeLessThan(500);
    }
  });
});
