import { describe, expect, inject, test } from "vitest";
import { tokens } from "../e2e/tokens.ts";

const { apiUrl } = inject("stack");
const { rep } = tokens;
/** The one origin of the customer `local`. */
const allowed = "http://localhost:5173";

function ask(origin: string, method = "GET", headers: Record<string, string> = {}, path = "/v1/accounts") {
  return fetch(apiUrl + path, { method, headers: { origin, authorization: `Bearer ${rep}`, ...headers } });
}
const preflight = { "access-control-request-method": "POST", "access-control-request-headers": "authorization" };
const formPath = `/v1/public/forms/${"k".repeat(32)}`;

describe("attack 28: a page of another origin", () => {
  test("of the customer reads answers", async () => {
    expect((await ask(allowed)).headers.get("access-control-allow-origin")).toBe(allowed);
    for (const path of ["/v1/accounts", formPath])
      expect((await ask(allowed, "OPTIONS", preflight, path)).headers.get("access-control-allow-origin")).toBe(allowed);
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
    const answers = [
      await ask(origin),
      await ask(origin, "OPTIONS", preflight),
      await ask(origin, "OPTIONS", preflight, formPath),
      await ask(origin, "POST", {}, formPath),
    ];
    for (const answer of answers) {
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
      expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    }
  });
});
