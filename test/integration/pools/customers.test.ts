import { type CountDeps, countHeld } from "@shangji/aws/dynamo/assignment/count-held";
import { countWon, recountWon } from "@shangji/aws/dynamo/pools/count-won";
import type { WonDeal } from "@shangji/core/pools/won-deal";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type Fault, faults, faultyClient } from "@shangji/testing/faulty-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accountPools } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const depsOf = ({ table, clock }: Pick<CountDeps, "table" | "clock">): CountDeps => ({
  table,
  clock,
  pause: async () => {},
});

test("B5 an account takes a place of its owner's until a deal with it is won, and again when the last one is not", async () => {
  const it = await accountPools(await db.createTable(), 1, { holdingCap: 1 });
  const [userId = ""] = it.userIds;
  const deps = depsOf(it);
  const [first, second, third] = [await it.addPooled(), await it.addPooled(), await it.addPooled()];
  const refused = (call: Promise<unknown>) => expect(call).rejects.toMatchObject({ code: "claim_refused" });
  await it.claim(userId, first.id);
  await refused(it.claim(userId, second.id));
  await countWon([{ dealId: "opp_1", version: 2, accountId: first.id }], deps);
  expect(await it.openOf(userId)).toBe(0);
  await it.claim(userId, second.id);
  await refused(it.claim(userId, third.id));
  // A customer takes no place, whoever gets it and however full the person is.
  await countWon([{ dealId: "opp_2", version: 2, accountId: third.id }], deps);
  await it.claim(userId, third.id);
  expect(await it.openOf(userId)).toBe(1);
  await countWon([{ dealId: "opp_3", version: 2, accountId: third.id }], deps);
  await countWon([{ dealId: "opp_2", version: 3, accountId: undefined }], deps);
  expect(await it.openOf(userId)).toBe(1);
  await countWon([{ dealId: "opp_3", version: 3, accountId: undefined }], deps);
  expect(await it.openOf(userId)).toBe(2);
  await it.giveBack(userId, third.id);
  await it.giveBack(userId, first.id);
  expect(await it.openOf(userId)).toBe(1);
  // It stays a customer in the pool, and for whoever comes next.
  await it.claim(userId, first.id);
  expect(await it.openOf(userId)).toBe(1);
});

test("B5 a deal that is won between what a claim reads and what it writes makes the claim look again", async () => {
  const it = await accountPools(await db.createTable(), 1, { holdingCap: 1 });
  const [userId = ""] = it.userIds;
  const { id } = await it.addPooled();
  // It has a mark already, at a version that the deal leaves as it is.
  await it.claim(userId, id);
  await it.giveBack(userId, id);
  let calls = 0;
  const client = new Proxy(it.table.client, {
    get(target, property) {
      if (property !== "send") return Reflect.get(target, property, target);
      return async (...call: Parameters<typeof target.send>) => {
        // The first call reads, the second one writes.
        if (++calls === 2) await countWon([{ dealId: "opp_1", version: 2, accountId: id }], depsOf(it));
        return target.send(...call);
      };
    },
  });
  await it.claim(userId, id, { through: { ...it.table, client } });
  expect(await it.openOf(userId)).toBe(0);
  expect((await it.state(userId, id)).counted).toMatchObject({ userId, won: 1 });
});

test("B5 of two versions of a deal that are counted at once the older one looks again, and finds nothing to do", async () => {
  const it = await accountPools(await db.createTable(), 1);
  const [userId = ""] = it.userIds;
  const { id } = await it.addPooled();
  await it.claim(userId, id);
  await countWon([{ dealId: "opp_1", version: 1, accountId: undefined }], depsOf(it));
  let calls = 0;
  const client = new Proxy(it.table.client, {
    get(target, property) {
      if (property !== "send") return Reflect.get(target, property, target);
      return async (...call: Parameters<typeof target.send>) => {
        // Two calls read marks, the third one writes.
        if (++calls === 3) await countWon([{ dealId: "opp_1", version: 3, accountId: undefined }], depsOf(it));
        return target.send(...call);
      };
    },
  });
  const older = { dealId: "opp_1", version: 2, accountId: id };
  await countWon([older], depsOf({ ...it, table: { ...it.table, client } }));
  expect([calls > 3, await it.openOf(userId)]).toEqual([true, 1]);
});

/** Numbers from 0 to below 1, the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test.each([1, 2, 3])(
  "B5 counts of accounts without a won deal equal a recount, whatever comes twice, in pieces and with faults (%i)",
  async (seed) => {
    const it = await accountPools(await db.createTable(), 3);
    const random = chance(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const accountIds = Array.from({ length: 6 }, (_, index) => `acc_${index}`);
    const owners = new Map<string, string | undefined>();
    const customers = new Map<string, string | undefined>();
    type Step = { held: string; version: number; userId: string | undefined } | WonDeal;
    const steps: Step[] = [];
    for (let version = 1; version <= 160; version++) {
      if (random() < 0.4) {
        const held = pick(accountIds);
        const userId = pick([...it.userIds, undefined]);
        owners.set(held, userId);
        steps.push({ held, version, userId });
      } else {
        const dealId = `opp_${Math.floor(random() * 12)}`;
        const accountId = pick([...accountIds, undefined]);
        customers.set(dealId, accountId);
        steps.push({ dealId, version, accountId });
      }
    }
    const deliver = async (batch: readonly Step[], deps: CountDeps) => {
      await countHeld(
        batch.flatMap((step) => ("held" in step ? [{ entity: "account" as const, id: step.held, ...step }] : [])),
        deps,
      );
      await countWon(
        batch.flatMap((step) => ("dealId" in step ? [step] : [])),
        deps,
      );
    };
    let at = 0;
    while (at < steps.length) {
      const batch = steps.slice(at, at + 1 + Math.floor(random() * 40));
      let calls = 0;
      const fault = pick(faults);
      const meets = Math.floor(random() * 8);
      const client = faultyClient(it.table.client, (): Fault | undefined => (calls++ === meets ? fault : undefined));
      const isDone = await deliver(batch, depsOf({ ...it, table: { ...it.table, client } })).then(
        () => true,
        () => false,
      );
      if (isDone && random() < 0.8) at += batch.length;
    }
    const expected = it.userIds.map(
      (userId) => accountIds.filter((id) => owners.get(id) === userId && ![...customers.values()].includes(id)).length,
    );
    const counted = () => Promise.all(it.userIds.map((userId) => it.openOf(userId)));
    expect(await counted()).toEqual(expected);
    await deliver(steps.slice(20, 100).reverse(), depsOf(it));
    expect(await counted()).toEqual(expected);
    const recount = () =>
      recountWon(
        (async function* () {
          for (const [dealId, accountId] of customers) yield { dealId, version: 1_000, accountId };
        })(),
        depsOf(it),
      );
    expect(await recount()).toBe(0);
    expect(await counted()).toEqual(expected);
  },
);

test("B5 a recount finds won deals that were missed", async () => {
  const it = await accountPools(await db.createTable(), 1);
  const [userId = ""] = it.userIds;
  const { id } = await it.addPooled();
  await it.claim(userId, id);
  const recount = () =>
    recountWon(
      (async function* () {
        yield { dealId: "opp_1", version: 3, accountId: id };
        yield { dealId: "opp_2", version: 3, accountId: undefined };
      })(),
      depsOf(it),
    );
  expect([await recount(), await it.openOf(userId)]).toEqual([1, 0]);
  expect([await recount(), await it.openOf(userId)]).toEqual([0, 0]);
});
