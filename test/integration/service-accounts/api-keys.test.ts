import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { teamsIn } from "@shangji/aws/dynamo/people/teams";
import { apiKeysIn } from "@shangji/aws/dynamo/service-accounts/api-keys";
import { keyUsesIn } from "@shangji/aws/dynamo/service-accounts/key-uses";
import { serviceAccountsIn } from "@shangji/aws/dynamo/service-accounts/service-accounts";
import { createApiKey } from "@shangji/core/service-accounts/create-api-key";
import { createServiceAccount } from "@shangji/core/service-accounts/create-service-account";
import { listApiKeys } from "@shangji/core/service-accounts/list-api-keys";
import { revokeApiKey } from "@shangji/core/service-accounts/revoke-api-key";
import { rotateApiKey } from "@shangji/core/service-accounts/rotate-api-key";
import { authorizer } from "@shangji/lambda/authorizer";
import { secretBytes } from "@shangji/lambda/settings";
import { apiKeysConformance } from "@shangji/testing/api-keys-conformance";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { testClock, testContext } from "@shangji/testing/world";
import { afterAll, beforeAll, expect, test } from "vitest";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

apiKeysConformance("API keys in DynamoDB", async () => apiKeysIn(await db.createTable()));

const hour = 3_600_000;
const notAsked = () => Promise.reject(new Error("a key needs no token"));

async function world() {
  const table = await db.createTable();
  const clock = testClock();
  const deps = {
    serviceAccounts: serviceAccountsIn(table, clock),
    teams: teamsIn(table, clock),
    keys: apiKeysIn(table),
    uses: keyUsesIn(table, clock),
    secretBytes,
    context: testContext({ clock }),
  };
  const { id } = await createServiceAccount({ name: "ERP", role: "integration" }, deps);
  /** An authoriser of a process of its own: it remembers nothing of others. */
  const open = () => {
    const ask = authorizer({
      machineRequestsPerMinute: 3_000,
      personRequestsPerMinute: 0,
      verify: notAsked,
      identities: { userIdOf: notAsked },
      users: { get: notAsked },
      ...deps,
      // However slow the machine.
      uses: keyUsesIn(table, clock, { longestWaitMs: 60_000 }),
      clock,
    });
    return (secret: string) => ask({ identitySource: [`Bearer ${secret}`] });
  };
  return {
    table,
    clock,
    deps,
    id,
    open,
    make: () =>
      createApiKey({ id, key: { name: "k", scopes: ["account:read"], expiresAt: "2026-12-02T08:30:00Z" } }, deps),
    list: async () => (await listApiKeys({ id, limit: 10 }, deps)).items,
  };
}

test("H8 a key works once it is made, its rotation overlaps, and revocation ends it", async () => {
  const { deps, id, open, make, list, clock } = await world();
  const ask = open();
  const old = await make();
  expect(await ask(old.secret)).toMatchObject({ isAuthorized: true, context: { userId: id, scopes: "account:read" } });
  const next = await rotateApiKey({ id, keyId: old.id, rotation: { overlapSeconds: 60 } }, deps);
  for (const { secret } of [old, next]) expect(await ask(secret)).toMatchObject({ isAuthorized: true });
  clock.advance(60_000);
  await expect(ask(old.secret)).rejects.toThrow("Unauthorized");
  await revokeApiKey({ id, keyId: next.id, expectedVersion: 1 }, deps);
  await expect(ask(next.secret)).rejects.toThrow("Unauthorized");
  expect((await list()).map((key) => key.id).sort()).toEqual([old.id, next.id].sort());
});

test("H8 of two rotations at once one makes a key, so that no key exists that nobody knows of", async () => {
  const { deps, id, make, list } = await world();
  const { id: keyId } = await make();
  const rotation = { overlapSeconds: 60 };
  const both = await Promise.allSettled([1, 2].map(() => rotateApiKey({ id, keyId, rotation }, deps)));
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await list()).toHaveLength(2);
});

test("H8 the last use is kept at most once an hour, whatever process sees it", async () => {
  const { open, make, list, clock } = await world();
  const key = await make();
  const lastUse = async () => (await list())[0]?.lastUsedAt;
  expect(await lastUse()).toBeUndefined();
  const first = open();
  await Promise.all([first(key.secret), first(key.secret), open()(key.secret)]);
  expect(await lastUse()).toBe("2026-11-02T08:30:00.000Z");
  clock.advance(hour - 1);
  await first(key.secret);
  await open()(key.secret);
  expect(await lastUse()).toBe("2026-11-02T08:30:00.000Z");
  clock.advance(1);
  await first(key.secret);
  expect(await lastUse()).toBe("2026-11-02T09:30:00.000Z");
});

test("H8 nothing in the table tells a secret, and a use is kept apart from its key", async () => {
  const { table, open, make } = await world();
  const { id, secret } = await make();
  await open()(secret);
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
  expect(JSON.stringify(Items)).not.toContain(secret.slice(-43));
  const items = Items.filter((item) => JSON.stringify(item).includes(id));
  expect(items.map(({ pk, sk }) => `${pk} ${sk}`).sort()).toEqual([`api-key-use#${id} use`, `${id} record`]);
});

test("H8 a key goes by itself ninety days after it has worked last, and its note later than any key", async () => {
  const { table, clock, deps, id, open, make } = await world();
  const day = 24 * hour;
  const ttlOf = async (pk: string) => {
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name, ConsistentRead: true }));
    return Items.find((item) => item.pk === pk)?.ttl as number | undefined; // what the adapters write
  };
  const inSeconds = (time: number) => Math.floor(time / 1000);
  const key = await make();
  expect(await ttlOf(key.id)).toBe(inSeconds(Date.parse(key.expiresAt) + 90 * day));
  await open()(key.secret);
  expect(await ttlOf(`api-key-use#${key.id}`)).toBeGreaterThan(inSeconds(clock.now().getTime() + 820 * day));
  await revokeApiKey({ id, keyId: key.id }, deps);
  expect(await ttlOf(key.id)).toBe(inSeconds(clock.now().getTime() + 90 * day));
  // It serves the store alone.
  expect(await deps.keys.get(key.id)).not.toHaveProperty("ttl");
});
