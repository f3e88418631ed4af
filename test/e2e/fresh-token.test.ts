import { expect, test } from "vitest";
import { clientOf, raw } from "./api.ts";
import { signedIn } from "./sign-in.ts";

const statusOf = async (token: string) => (await raw("/v1/me", { token })).status;

test("a file of tests that outlives its tokens signs in anew", async () => {
  const admin = clientOf("admin");
  const rep = await signedIn("rep");
  await admin.call("getMe", {});
  expect([await rep.freshToken(), await statusOf(rep.token)]).toEqual([rep.token, 200]);
  // The authoriser's answer is kept for a minute besides.
  for (const advance of ["PT9M", "PT8M"]) await raw("/_local/clock", { body: { advance } });
  expect(await statusOf(rep.token)).toBe(401);
  expect(await statusOf(await rep.freshToken())).toBe(200);
  expect((await raw("/v1/me", { role: "admin" })).status).toBe(200);
  await admin.call("getMe", {});
});
