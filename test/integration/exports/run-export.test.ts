import { policiesIn } from "@shangji/aws/dynamo/access/policies";
import { apiKeysIn } from "@shangji/aws/dynamo/service-accounts/api-keys";
import { serviceAccountsIn } from "@shangji/aws/dynamo/service-accounts/service-accounts";
import type { ServiceAccount } from "@shangji/contracts/service-accounts/schemas";
import { defaultRules } from "@shangji/core/access/default-policy";
import { giveUpExport, runExport } from "@shangji/core/exports/run-export";
import { newRecord } from "@shangji/core/kit/new-record";
import { revise } from "@shangji/core/kit/revise";
import type { KeyRecord } from "@shangji/core/service-accounts/ports";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportWorld } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

/** Has nothing to do with what is asked. */
const someone = "usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";

type World = Awaited<ReturnType<typeof exportWorld>>;

/** Accounts are each to their own: what the asker may read is what this suite is about. */
async function ownTeamOnly({ table, clock }: World, fields = {}) {
  const team = { ...defaultRules.roles.rep.account, read: "team" as const };
  const rep = { ...defaultRules.roles.rep, account: team };
  const at = clock.now().toISOString();
  const policies = policiesIn(table, clock);
  const before = await policies.get();
  await policies.save({
    ...defaultRules,
    roles: { ...defaultRules.roles, rep },
    ...fields,
    version: (before?.version ?? 0) + 1,
    createdAt: at,
    updatedAt: at,
    change: { actorId: "system", at, command: "test", source: "system", requestId: "test" },
  });
}

const failed = (problem: RegExp) => ({ status: "failed", problem: expect.stringMatching(problem), rows: 0 });

describe("A6 an export is its asker's, as they are while it runs", () => {
  test("and holds what they may read, the longest unchanged first", async () => {
    const world = await exportWorld(db);
    await ownTeamOnly(world);
    const west = await world.addTeam({ name: "West" });
    const foreign = await world.add({ ownerId: someone, teamId: west.id });
    world.clock.advance(60_000);
    const { id } = await world.order();
    await world.work(id);
    expect(await world.idsOf(id)).toEqual(world.made.map((account) => account.id));
    expect(await world.idsOf(id)).not.toContain(foreign.id);
    expect(await world.read(id)).toMatchObject({ status: "completed", rows: 9, version: 2, ownerId: world.rep.id });
  });

  test("so whoever has moved to another team meanwhile gets that team's", async () => {
    const world = await exportWorld(db);
    await ownTeamOnly(world);
    const west = await world.addTeam({ name: "West" });
    const theirs = await world.add({ ownerId: someone, teamId: west.id });
    for (const { id } of world.made) await world.change(id, { ownerId: someone });
    const { id } = await world.order();
    await world.changeUser({ teamId: west.id });
    await world.work(id);
    expect(await world.idsOf(id)).toEqual([theirs.id]);
  });

  test.each([
    ["deactivated", { active: false }, /may not enter/],
    ["of a role that reads none", { role: "analyst" as const }, /changed meanwhile/],
  ])("and ends when they are %s, wherever it is", async (_what, fields, problem) => {
    for (const after of [0, 1, 2, 3, 4]) {
      const world = await exportWorld(db, { accounts: 5 });
      const analyst = {
        ...defaultRules.roles.analyst,
        account: { ...defaultRules.roles.analyst.account, read: "none" },
      };
      await ownTeamOnly(world, { roles: { ...defaultRules.roles, analyst } });
      const { id } = await world.order();
      for (let step = 0; step < after; step++) {
        const { waitSeconds = 0 } = await runExport({ id }, world.worker());
        world.clock.advance(waitSeconds * 1000);
      }
      await world.changeUser(fields);
      await world.work(id);
      expect(await world.read(id)).toMatchObject(failed(problem));
      expect(world.files.names(id)).toEqual([]);
    }
  });

  test("and ends when a field that it shows or selects by is hidden from them", async () => {
    for (const input of [
      {},
      { fields: ["name", "region"] },
      { fields: ["name"], filter: { field: "region", eq: "x" } },
    ]) {
      const world = await exportWorld(db, { accounts: 5 });
      const { id } = await world.order(input);
      await runExport({ id }, world.worker());
      await ownTeamOnly(world, { fields: { rep: { account: { region: "hidden" } } } });
      await world.work(id);
      expect(await world.read(id)).toMatchObject(failed(/changed meanwhile/));
    }
    const world = await exportWorld(db, { accounts: 1 });
    await ownTeamOnly(world, { fields: { rep: { account: { region: "hidden" } } } });
    await world.change(world.made[0]?.id ?? "", { region: "secret" });
    const { id } = await world.order();
    await world.work(id);
    expect(world.files.text({ id, format: "ndjson" })).not.toContain("secret");
    expect(await world.read(id)).toMatchObject({ status: "completed", rows: 1 });
  });

  test("and that of a key ends with the key, or with its account", async () => {
    for (const end of ["key", "account", "neither"] as const) {
      const world = await exportWorld(db, { accounts: 2 });
      const [accounts, keys] = [serviceAccountsIn(world.table, world.clock), apiKeysIn(world.table)];
      const account = newRecord<ServiceAccount>(
        "serviceAccount",
        { name: "ERP", role: "integration", active: true },
        world.stamp,
      );
      await accounts.create(account);
      const expiresAt = "2027-01-01T00:00:00.000Z";
      const own = { serviceAccountId: account.id, name: "k", scopes: ["account:read" as const], hash: "h", expiresAt };
      const key = newRecord<KeyRecord>("apiKey", own as never, world.stamp);
      await keys.create(key);
      const actor = { userId: account.id, role: account.role, scopes: key.scopes, keyId: key.id };
      const { id } = await world.order({}, actor);
      await runExport({ id }, world.worker());
      const at = world.clock.now().toISOString();
      if (end === "key") await keys.update(key, revise(key, { revokedAt: at }, world.stamp));
      if (end === "account") await accounts.update(account, revise(account, { active: false }, world.stamp));
      await world.work(id);
      const { status, rows } = (await world.read(id)) ?? {};
      expect([status, rows]).toEqual(end === "neither" ? ["completed", 2] : ["failed", 0]);
    }
  });

  test("and a job that is given up leaves a note for them, in their language, and no pieces", async () => {
    const world = await exportWorld(db);
    world.clock.advance(60_000);
    const { id } = await world.order({ language: "zh-CN" });
    for (let step = 0; step < 3; step++) await runExport({ id }, world.worker());
    expect(world.files.names(id)).toHaveLength(4);
    await giveUpExport({ id }, world.worker());
    expect(await world.read(id)).toMatchObject(failed(/系统故障/));
    expect(world.files.names(id)).toEqual([]);
    await world.work(id);
    expect(await world.read(id)).toMatchObject({ status: "failed", version: 2 });
  });
});

describe("A6 what changes while an export runs", () => {
  test("is in the file once, wherever it stood and wherever it has gone; what is new is not", async () => {
    const world = await exportWorld(db, { accounts: 12 });
    world.clock.advance(60_000);
    const west = await world.addTeam({ name: "West" });
    const where = fc.array(fc.tuple(fc.nat(11), fc.boolean()), { minLength: 12, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(where, fc.nat(3), async (changes, each) => {
        const { id } = await world.order();
        const ahead = [...changes];
        await world.work(id, {
          async between() {
            world.clock.advance(1_000);
            for (const [index, isMoved] of ahead.splice(0, each)) {
              const account = world.made[index]?.id ?? "";
              const region = String(world.clock.now().getTime());
              await world.change(account, isMoved ? { region, ownerId: someone, teamId: west.id } : { region });
            }
          },
        });
        const ids = await world.idsOf(id);
        expect(ids.toSorted()).toEqual(world.made.map((account) => account.id).sort());
        world.clock.advance(60_000);
      }),
      { numRuns: 8 },
    );
  });

  test("and was made after its beginning is left out", async () => {
    const world = await exportWorld(db, { accounts: 5 });
    world.clock.advance(60_000);
    const { id } = await world.order();
    const late: string[] = [];
    await world.work(id, { between: async () => late.push((await world.add()).id) });
    expect(late.length).toBeGreaterThan(3);
    expect(await world.idsOf(id)).toEqual(world.made.map((account) => account.id));
  });
});

test("A6 days that are relative stay those of the order, however long the job takes", async () => {
  const world = await exportWorld(db, { accounts: 3 });
  world.clock.advance(60_000);
  const { id } = await world.order({ filter: { field: "createdAt", gte: { start: "day" } } });
  await world.work(id, { between: async () => world.clock.advance(86_400_000) });
  expect(await world.idsOf(id)).toHaveLength(3);
});
