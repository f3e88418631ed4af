import { beforeEach, describe, expect, test } from "vitest";
import { clientOf, raw } from "../e2e/api.ts";
import { makeKey, secretOf } from "./make-key.ts";

const admin = clientOf("admin");

/** How long an answer of the authoriser is kept, and so how long a stolen key may outlive what was done about it. */
const statedTime = "PT60S";
const pass = (advance: string) => raw("/_local/clock", { body: { advance } });
const read = (token: string) => raw("/v1/accounts", { token });

describe("a stolen key, in use until now,", () => {
  let stolen: Awaited<ReturnType<typeof makeKey>>;
  beforeEach(async () => {
    stolen = await makeKey({ role: "integration", scopes: ["account:read", "account:write"] });
    expect((await read(stolen.secret)).status).toBe(200);
  });

  test("fails within the stated time after it is revoked, and for good", async () => {
    const path = { id: stolen.account.id, keyId: stolen.key.id };
    await admin.call("revokeApiKey", { path, ifMatch: 1 });
    await pass(statedTime);
    const refused = await read(stolen.secret);
    expect([refused.status, refused.text]).toEqual([401, '{"message":"Unauthorized"}']);
    await pass(statedTime);
    expect((await read(stolen.secret)).status).toBe(401);
  });

  test("fails within the stated time after a rotation without overlap", async () => {
    const path = { id: stolen.account.id, keyId: stolen.key.id };
    const secret = secretOf(await admin.call("rotateApiKey", { path, body: { overlapSeconds: 0 } }));
    await pass(statedTime);
    expect((await read(stolen.secret)).status).toBe(401);
    expect((await read(secret)).status).toBe(200);
  });

  test("fails within the stated time after its account is deactivated", async () => {
    const path = { id: stolen.account.id };
    await admin.call("updateServiceAccount", { path, ifMatch: 1, body: { active: false } });
    await pass(statedTime);
    expect((await read(stolen.secret)).status).toBe(403);
  });

  test("may do no more than the new role within the stated time", async () => {
    const write = () => raw("/v1/accounts", { token: stolen.secret, body: { name: "Taken" } });
    expect((await write()).status).toBe(201);
    const path = { id: stolen.account.id };
    await admin.call("updateServiceAccount", { path, ifMatch: 1, body: { role: "analyst" } });
    await pass(statedTime);
    expect((await write()).status).toBe(403);
    expect((await read(stolen.secret)).status).toBe(200);
  });
});

test("a key that is about to expire fails within the stated time, though its last answer was kept", async () => {
  const { secret } = await makeKey({ scopes: ["account:read"], lifeSeconds: 59 });
  expect((await read(secret)).status).toBe(200);
  await pass(statedTime);
  expect((await read(secret)).status).toBe(401);
});

test("a guessed key gets the answer of an unknown one, byte by byte", async () => {
  const { key } = await makeKey({ scopes: ["account:read"] });
  const tail = "A".repeat(43);
  const answers = await Promise.all(
    [`${key.id}_${tail}`, `sk_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D_${tail}`, `${key.id}_`, "sk_"].map(read),
  );
  for (const { status, text } of answers) expect([status, text]).toEqual([401, '{"message":"Unauthorized"}']);
});
