import { request } from "node:http";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { clientOf, raw } from "../e2e/api.ts";
import { tokens } from "../e2e/tokens.ts";

const { apiUrl } = inject("stack");
const { rep } = tokens;
const admin = clientOf("admin");
let account: { id: string; version: number };

beforeAll(async () => {
  account = await admin.call("createAccount", { body: { name: "Path" } });
});

/** A request line exactly as given: fetch would put the path in order first. */
function exactly(path: string, method = "GET", headers: Record<string, string> = {}): Promise<number> {
  const { hostname, port } = new URL(apiUrl);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    });
    asked.on("error", reject).end();
  });
}

const authorised = { authorization: `Bearer ${rep}` };

describe("attack 28: a path in disguise", () => {
  test.each([
    "//v1/users",
    "/v1//users",
    "/v1/users/",
    "/v1/users//",
    "/v1/./users",
    "/v1/accounts/../users",
    "/v1/accounts/%2e%2e/users",
    "/v1/accounts/%252e%252e/users",
    "/v1/accounts%2f..%2fusers",
    "/V1/users",
    "/v1/Users",
    "/v1/users;role=admin",
    "/v1/users%00",
    "/v1/users%20",
    "/%2fv1/users",
    "http://other.example/v1/users",
  ])("%s reaches nothing without a token, and nothing that it does not name with one", async (path) => {
    const plain = await exactly(path);
    expect([400, 401, 404]).toContain(plain);
    const signedIn = await exactly(path, "GET", authorised);
    // Whatever is answered with a token needed one, so no disguise goes around the authoriser.
    if (signedIn === 200) expect(plain).toBe(401);
    else expect([400, 403, 404]).toContain(signedIn);
  });

  test.each([
    ["X-HTTP-Method-Override", "x-http-method-override"],
    ["X-HTTP-Method", "x-http-method"],
    ["X-Method-Override", "x-method-override"],
  ])("%s does not change what is asked", async (_name, header) => {
    const path = `/v1/accounts/${account.id}`;
    const headers = { ...authorised, [header]: "DELETE", "if-match": '"1"' };
    expect(await exactly(path, "GET", headers)).toBe(200);
    expect(await exactly(`${path}?_method=DELETE`, "POST", headers)).toBe(404);
    expect((await raw(path, { role: "admin" })).status).toBe(200);
  });

  test("X-Original-URL and X-Rewrite-URL do not change what is asked", async () => {
    for (const header of ["x-original-url", "x-rewrite-url", "x-forwarded-prefix"]) {
      const status = await exactly(`/v1/accounts/${account.id}`, "GET", { [header]: "/v1/metrics" });
      expect({ header, status }).toEqual({ header, status: 401 });
    }
  });

  test.each(["TRACE", "PROPFIND", "PUT"])("%s on a route that does not have it does nothing", async (method) => {
    expect([400, 404, 405]).toContain(await exactly(`/v1/accounts/${account.id}`, method, authorised));
  });
});
