import { expect, test } from "vitest";
import { clientOf, raw } from "../e2e/api.ts";
import { poolClient } from "../e2e/pool.ts";
import { signedIn } from "../e2e/sign-in.ts";

const admin = clientOf("admin");
const pool = poolClient();
const nobody = "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";

const withoutRequestId = (text: string) => text.replace(/"requestId":"[^"]+"/, "");

test("who may not invite learns nothing of who is there", async () => {
  const known = await admin.call("createUser", { body: { name: "Known", email: "known@shangji.test", role: "rep" } });
  for (const role of ["manager", "rep", "analyst"] as const) {
    const answers = new Set<string>();
    for (const email of ["known@shangji.test", "unknown@shangji.test"]) {
      const answer = await raw("/v1/users", { role, body: { name: "x", email, invite: true } });
      answers.add(`${answer.status} ${withoutRequestId(answer.text)}`);
    }
    for (const id of [known.id, nobody]) {
      for (const [method, place, body] of [
        ["POST", "invitation", {}],
        ["POST", "deactivation", { handOverTo: null }],
        ["GET", "deactivation", undefined],
        ["GET", "holdings", undefined],
      ] as const) {
        const answer = await raw(`/v1/users/${id}/${place}`, { method, role, ...(body ? { body } : {}) });
        answers.add(`${answer.status} ${withoutRequestId(answer.text)}`);
      }
    }
    expect([...answers]).toEqual([expect.stringMatching(/^403 /)]);
  }
});

test("a sign-in that fails is the same for unknown addresses, wrong passwords and people who were locked out", async () => {
  const someone = await signedIn("rep");
  const { email = "" } = await admin.call("getUser", { path: { id: someone.id } });
  const outcome = (address: string, password: string) =>
    pool.begin(address, password).then(
      () => "in",
      (error: Error) => `${error.name} ${error.message}`,
    );
  expect(await outcome(email, "Shangji-2026")).toBe("in");
  const unknown = await outcome("nobody@shangji.test", "Shangji-2026");
  expect(unknown).toMatch(/^NotAuthorizedException/);
  expect(await outcome(email, "Wrong-2026")).toBe(unknown);
  await admin.call("deactivateUser", { path: { id: someone.id }, body: { handOverTo: null } });
  await expect.poll(() => pool.isEnabled(email), { timeout: 60_000 }).toBe(false);
  expect(await outcome(email, "Shangji-2026")).toBe(unknown);
});
