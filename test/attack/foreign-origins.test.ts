import { describe, expect, inject, test } from "vitest";
import { tokens } from "../e2e/tokens.ts";

const { apiUrl } = inject("stack");
const { rep } = tokens;
/** The one origin of the customer `local`. */
const allowed = "http://localhost:5173";

function ask(origin: string, method = "GET", headers: Record<string, string> = {}) {
  return fetch(`${apiUrl}/v1/accounts`, { method, headers: { origin, authorization: `Bearer ${rep}`, ...headers } });
}
const preflight = { "access-control-request-method": "POST", "access-control-request-headers": "authorization" };

describe("attack 28: a page of another origin", () => {
  test("of the customer reads answers", async () => {
    expect((await ask(allowed)).headers.get("access-control-allow-origin")).toBe(allowed);
    expect((await ask(allowed, "OPTIONS", preflight)).headers.get("access-control-allow-origin")).toBe(allowed);
  });

  test.each([
    "null",
    "https://evil.example",
    "http://localhost:5173.evil.example",
    "http://evil-localhost:5173",
    "http://localhost:51733",
    "https://localhost:5173",
    "http://localhost",
    "http://sub.localhost:5173",
  ])("%s is allowed nothing", async (origin) => {
    for (const answer of [await ask(origin), await ask(origin, "OPTIONS", preflight)]) {
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
      expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    }
  });
});
