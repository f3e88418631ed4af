import { randomBytes } from "node:crypto";
import { ApiKey } from "@shangji/contracts/service-accounts/schemas";
import { fakeApiKeys, fakeKeyUses } from "@shangji/testing/fakes/api-keys";
import { fakeStores } from "@shangji/testing/fakes/stores";
import { testClock, testContext } from "@shangji/testing/world";
import { expect, test } from "vitest";
import { createApiKey } from "./create-api-key.ts";
import { createServiceAccount } from "./create-service-account.ts";
import { isUsable } from "./key-rules.ts";
import { hashSecret } from "./key-secret.ts";
import { listApiKeys } from "./list-api-keys.ts";
import { revokeApiKey } from "./revoke-api-key.ts";
import { rotateApiKey } from "./rotate-api-key.ts";
import { updateServiceAccount } from "./update-service-account.ts";

const day = 86_400_000;
const nightly = { name: "Nightly", scopes: ["account:read" as const], expiresAt: "2026-12-02T08:30:00Z" };

async function world() {
  const clock = testClock();
  const deps = {
    ...fakeStores(),
    keys: fakeApiKeys(),
    uses: fakeKeyUses(clock.now),
    secretBytes: () => randomBytes(32),
    context: testContext({ clock }),
  };
  const account = await createServiceAccount({ name: "ERP", role: "integration" }, deps);
  const make = (key = nightly) => createApiKey({ id: account.id, key }, deps);
  const rotate = (keyId: string, overlapSeconds: number, expiresAt?: string) =>
    rotateApiKey({ id: account.id, keyId, rotation: { overlapSeconds, ...(expiresAt ? { expiresAt } : {}) } }, deps);
  const isLiving = async (id: string) => {
    const key = await deps.keys.get(id);
    return key !== undefined && isUsable(key, clock.now());
  };
  return { clock, deps, account, make, rotate, isLiving };
}

test("H8 a service account is active from the start, versioned, and its team must exist", async () => {
  const { account, deps } = await world();
  expect(account).toMatchObject({ active: true, role: "integration", version: 1 });
  const unknown = { teamId: "team_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" };
  await expect(createServiceAccount({ name: "X", role: "rep", ...unknown }, deps)).rejects.toMatchObject({
    code: "unknown_reference",
  });
  const { id } = account;
  await expect(updateServiceAccount({ id, patch: unknown }, deps)).rejects.toMatchObject({ code: "unknown_reference" });
  const stale = updateServiceAccount({ id, expectedVersion: 2, patch: { active: false } }, deps);
  await expect(stale).rejects.toMatchObject({ code: "stale_version" });
  expect(await updateServiceAccount({ id, patch: { active: false } }, deps)).toMatchObject({
    active: false,
    version: 2,
  });
});

test("H8 the secret is in the answer that makes the key, its hash in the store, and neither in the list", async () => {
  const { deps, account, make } = await world();
  const { secret, ...made } = await make();
  expect(ApiKey.strict().parse(made)).toEqual(made);
  expect(await deps.keys.get(made.id)).toMatchObject({ hash: hashSecret(secret) });
  expect(JSON.stringify(await deps.keys.get(made.id))).not.toContain(secret.slice(-43));
  const page = await listApiKeys({ id: account.id, limit: 10 }, deps);
  expect(page).toEqual({ items: [made] });
  await deps.uses.touch(made.id);
  const [used] = (await listApiKeys({ id: account.id, limit: 10 }, deps)).items;
  expect(used).toEqual({ ...made, lastUsedAt: "2026-11-02T08:30:00.000Z" });
});

test.each([
  ["the past", "2026-11-02T08:29:59Z"],
  ["this instant", "2026-11-02T08:30:00Z"],
  ["more than two years", "2028-11-04T08:30:01Z"],
])("H8 a key that expires in %s is refused", async (_name, expiresAt) => {
  const { make } = await world();
  await expect(make({ ...nightly, expiresAt })).rejects.toMatchObject({
    code: "invalid_request",
    errors: [{ pointer: "/body/expiresAt" }],
  });
});

test("H8 keys belong to an account that exists, and are found under no other", async () => {
  const { deps, account, make } = await world();
  const missing = { code: "not_found" };
  const nobody = "svc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
  await expect(createApiKey({ id: nobody, key: nightly }, deps)).rejects.toMatchObject(missing);
  await expect(listApiKeys({ id: nobody, limit: 10 }, deps)).rejects.toMatchObject(missing);
  const other = await createServiceAccount({ name: "Other", role: "rep" }, deps);
  const { id: keyId } = await make();
  await expect(revokeApiKey({ id: other.id, keyId, expectedVersion: 9 }, deps)).rejects.toMatchObject(missing);
  const rotation = { overlapSeconds: 0 };
  await expect(rotateApiKey({ id: other.id, keyId, rotation }, deps)).rejects.toMatchObject(missing);
  const stale = revokeApiKey({ id: account.id, keyId, expectedVersion: 9 }, deps);
  await expect(stale).rejects.toMatchObject({ code: "stale_version" });
});

test("H8 a revoked key is never usable again and stays listed", async () => {
  const { deps, account, make, rotate, isLiving } = await world();
  const { id: keyId } = await make();
  expect(await isLiving(keyId)).toBe(true);
  await revokeApiKey({ id: account.id, keyId, expectedVersion: 1 }, deps);
  expect(await isLiving(keyId)).toBe(false);
  const [listed] = (await listApiKeys({ id: account.id, limit: 10 }, deps)).items;
  expect(listed).toMatchObject({ revokedAt: "2026-11-02T08:30:00.000Z", version: 2 });
  await revokeApiKey({ id: account.id, keyId, expectedVersion: 2 }, deps);
  expect((await deps.keys.get(keyId))?.version).toBe(2);
  await expect(rotate(keyId, 60)).rejects.toMatchObject({ code: "key_not_usable" });
});

test("H8 rotation gives a key like the old one, which lives on for the overlap and no longer", async () => {
  const { clock, deps, make, rotate, isLiving } = await world();
  const old = await make();
  clock.advance(10 * day);
  const next = await rotate(old.id, 3600);
  expect(next).toMatchObject({ name: old.name, scopes: old.scopes, expiresAt: "2026-12-12T08:30:00.000Z" });
  expect(next.secret).not.toBe(old.secret);
  expect(await deps.keys.get(old.id)).toMatchObject({ successorId: next.id, expiresAt: "2026-11-12T09:30:00.000Z" });
  clock.advance(3_600_000 - 1);
  expect([await isLiving(old.id), await isLiving(next.id)]).toEqual([true, true]);
  clock.advance(1);
  expect([await isLiving(old.id), await isLiving(next.id)]).toEqual([false, true]);
});

test("H8 rotation never lengthens the old key's life, and happens once", async () => {
  const { clock, deps, make, rotate } = await world();
  const old = await make();
  clock.advance(30 * day - 1000);
  const next = await rotate(old.id, 3600, "2026-12-20T00:00:00Z");
  expect(next.expiresAt).toBe("2026-12-20T00:00:00.000Z");
  expect((await deps.keys.get(old.id))?.expiresAt).toBe("2026-12-02T08:30:00.000Z");
  await expect(rotate(old.id, 3600)).rejects.toMatchObject({ code: "key_not_usable" });
  clock.advance(100 * day);
  await expect(rotate(next.id, 3600)).rejects.toMatchObject({ code: "key_not_usable" });
});
