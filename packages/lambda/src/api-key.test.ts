import { randomBytes } from "node:crypto";
import type { ServiceAccount } from "@shangji/contracts/service-accounts/schemas";
import { createTeam } from "@shangji/core/people/create-team";
import { createApiKey } from "@shangji/core/service-accounts/create-api-key";
import { createServiceAccount } from "@shangji/core/service-accounts/create-service-account";
import { revokeApiKey } from "@shangji/core/service-accounts/revoke-api-key";
import { updateServiceAccount } from "@shangji/core/service-accounts/update-service-account";
import { fakeApiKeys, fakeKeyUses } from "@shangji/testing/fakes/api-keys";
import { fakeStores } from "@shangji/testing/fakes/stores";
import { testClock, testContext } from "@shangji/testing/world";
import { expect, onTestFinished, test, vi } from "vitest";
import { authorizer } from "./authorizer.ts";

const notAsked = () => Promise.reject(new Error("a key needs no token"));

async function world(touch?: () => Promise<void>) {
  const clock = testClock();
  const deps = {
    ...fakeStores(),
    keys: fakeApiKeys(),
    uses: fakeKeyUses(clock.now),
    secretBytes: () => randomBytes(32),
    context: testContext({ clock }),
  };
  const input = { name: "ERP", role: "integration", teamId: (await createTeam({ name: "East" }, deps)).id } as const;
  const account = await createServiceAccount(input, deps);
  const key = await createApiKey(
    { id: account.id, key: { name: "k", scopes: ["account:read", "*:write"], expiresAt: "2026-12-02T08:30:00Z" } },
    deps,
  );
  let reads = 0;
  const counted = <T>(get: (id: string) => Promise<T>) => ({
    get(id: string) {
      reads++;
      return get(id);
    },
  });
  const handle = authorizer({
    machineRequestsPerMinute: 3_000,
    personRequestsPerMinute: 0,
    verify: notAsked,
    identities: { userIdOf: notAsked },
    users: { get: notAsked },
    keys: counted(deps.keys.get),
    serviceAccounts: counted(deps.serviceAccounts.get),
    uses: touch ? { touch } : deps.uses,
    clock,
  });
  return {
    account,
    key,
    clock,
    uses: deps.uses,
    reads: () => reads,
    ask: (secret: string) => handle({ identitySource: [`Bearer ${secret}`] }),
    change: (patch: Partial<Pick<ServiceAccount, "role" | "active" | "requestsPerMinute">>) =>
      updateServiceAccount({ id: account.id, patch }, deps),
    revoke: () => revokeApiKey({ id: account.id, keyId: key.id }, deps),
  };
}

test("H8 a good key names itself, its account, role, team, scopes and budget, with two reads and one note of its use", async () => {
  const { ask, account, key, uses, reads } = await world();
  expect(await ask(key.secret)).toEqual({
    isAuthorized: true,
    context: {
      userId: account.id,
      role: "integration",
      teamId: account.teamId,
      scopes: "account:read *:write",
      keyId: key.id,
      requestsPerMinute: "3000",
    },
  });
  expect(reads()).toBe(2);
  expect(uses.touched).toEqual([key.id]);
});

test("H8 a wrong, unknown or malformed secret is unauthorized and leaves no trace", async () => {
  const { ask, key, uses } = await world();
  const last = key.secret.at(-1) === "A" ? "B" : "A";
  for (const secret of [
    `${key.secret.slice(0, -1)}${last}`,
    `sk_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D${key.secret.slice(-44)}`,
    key.secret.slice(0, -1),
    key.id,
    "sk_",
  ]) {
    await expect(ask(secret)).rejects.toThrow(/^Unauthorized$/);
  }
  expect(uses.touched).toEqual([]);
});

test("H8 a key is unauthorized from the instant of its expiry, and once it is revoked", async () => {
  const { ask, key, clock } = await world();
  clock.advance(30 * 86_400_000 - 1);
  expect(await ask(key.secret)).toMatchObject({ isAuthorized: true });
  clock.advance(1);
  await expect(ask(key.secret)).rejects.toThrow(/^Unauthorized$/);
  const other = await world();
  await other.revoke();
  await expect(other.ask(other.key.secret)).rejects.toThrow(/^Unauthorized$/);
});

test("H8 a good key of an inactive account is forbidden, and a change of the role counts at once", async () => {
  const { ask, key, change } = await world();
  await change({ role: "analyst" });
  expect(await ask(key.secret)).toMatchObject({ context: { role: "analyst" } });
  await change({ active: false });
  expect(await ask(key.secret)).toEqual({ isAuthorized: false });
});

test("I3 a service account may have a budget of its own", async () => {
  const { ask, key, change } = await world();
  await change({ requestsPerMinute: 60 });
  expect(await ask(key.secret)).toMatchObject({ context: { requestsPerMinute: "60" } });
});

test("H8 a use that cannot be noted turns nobody away, and is logged without the secret", async () => {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  onTestFinished(() => spy.mockRestore());
  const { ask, key } = await world(() => Promise.reject(new Error("throttled")));
  expect(await ask(key.secret)).toMatchObject({ isAuthorized: true });
  const logged = lines.filter((line) => line.includes("key use not noted"));
  expect(logged).toHaveLength(1);
  expect(logged[0]).toContain(key.id);
  expect(lines.join("")).not.toContain(key.secret.slice(-43));
});
