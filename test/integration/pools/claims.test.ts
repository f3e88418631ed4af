import { InternalServerError } from "@aws-sdk/client-dynamodb";
import { countHeld } from "@shangji/aws/dynamo/assignment/count-held";
import { heldRecord } from "@shangji/core/assignment/open-holder";
import { DomainError } from "@shangji/core/kit/domain-error";
import { revise } from "@shangji/core/kit/revise";
import { deletePool } from "@shangji/core/pools/update-pool";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atOnce } from "../assignment/world.ts";
import { type PoolWorld, worlds } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

/** The code of a refusal with the rules that failed, or that there was none. */
async function outcomeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "done";
  } catch (error) {
    // The local engine waits for its locks no longer than for some seconds; nothing is written then.
    if (error instanceof InternalServerError) return "unavailable";
    if (!(error instanceof DomainError)) throw error;
    return [error.code, ...error.failures.map((failure) => (failure as { rule: string }).rule)].join(" ");
  }
}

const claimsBy = async ({ figures, pool }: PoolWorld) =>
  new Map((await figures.claimsSince(pool.id, "2026-11-02")).map(({ userId, count }) => [userId, count]));

describe.each(worlds)("B5 %s in pools:", (_, poolWorld) => {
  test("of 1,000 claims by 50 people at once, some given back at once, nobody has more than three a day and none two owners", async () => {
    const it = await poolWorld(await db.createTable(), 50, { claimsPerDay: 3 });
    const ids: string[] = [];
    await atOnce(
      Array.from({ length: 60 }, (_, index) => index),
      16,
      async () => {
        ids.push((await it.addPooled()).id);
      },
    );
    const granted = new Map<string, number>();
    const holders = new Map<string, Set<string>>();
    const attempts = Array.from({ length: 1_000 }, (_, index) => index);
    await atOnce(attempts, 50, async (index) => {
      const userId = it.userIds[index % 50] ?? "";
      const id = ids[(index * 7 + Math.floor(index / 50)) % ids.length] ?? "";
      const before = await it.records.get(id);
      if (before?.ownerId === userId) return;
      const outcome = await outcomeOf(it.claim(userId, id));
      if (outcome !== "done") {
        expect(["not_in_pool", "claim_refused daily_cap", "unavailable"]).toContain(outcome);
        return;
      }
      granted.set(userId, (granted.get(userId) ?? 0) + 1);
      const others = holders.get(id) ?? new Set();
      expect([id, [...others]]).toEqual([id, []]);
      holders.set(id, others.add(userId));
      if (index % 3 === 0) {
        others.delete(userId);
        let given = "unavailable";
        while (given === "unavailable") given = await outcomeOf(it.giveBack(userId, id));
        expect(given).toBe("done");
      }
    });
    const counted = await claimsBy(it);
    expect(Math.max(...counted.values())).toBe(3);
    expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(granted));
    const stored = await it.records.getMany(ids);
    for (const [id, users] of holders) expect(stored.get(id)?.ownerId).toBe([...users][0]);
    for (const userId of it.userIds) {
      const owned = [...stored.values()].filter(({ ownerId }) => ownerId === userId);
      expect(await it.openOf(userId)).toBe(owned.length);
    }
  }, 300_000);

  test("a claim at once with others of the same person passes neither cap", async () => {
    const it = await poolWorld(await db.createTable(), 1, { claimsPerDay: 4, holdingCap: 3 });
    const [userId = ""] = it.userIds;
    const ids: string[] = [];
    for (let made = 0; made < 10; made++) ids.push((await it.addPooled()).id);
    await atOnce(ids, 10, async (id) => {
      await outcomeOf(it.claim(userId, id));
    });
    expect([await it.openOf(userId), (await claimsBy(it)).get(userId)]).toEqual([3, 3]);
    const held = [...(await it.records.getMany(ids)).values()].filter(({ ownerId }) => ownerId === userId);
    expect(held).toHaveLength(3);
    await it.giveBack(userId, held[0]?.id ?? "");
    expect(await outcomeOf(it.claim(userId, held[0]?.id ?? ""))).toBe("done");
    await it.giveBack(userId, held[1]?.id ?? "");
    expect(await outcomeOf(it.claim(userId, held[1]?.id ?? ""))).toBe("claim_refused daily_cap");
    it.clock.advance(86_400_000);
    expect(await outcomeOf(it.claim(userId, held[1]?.id ?? ""))).toBe("done");
  });

  test("a refusal names every failed rule, and each ends in its time", async () => {
    const limits = { holdingCap: 1, claimsPerDay: 1, waitDaysForPreviousOwner: 1, lockHoursAfterEntry: 2 };
    const it = await poolWorld(await db.createTable(), 2, limits);
    const [userId = "", other = ""] = it.userIds;
    const [first, second] = [await it.addPooled(), await it.addPooled()];
    expect(await outcomeOf(it.claim(userId, first.id))).toBe("claim_refused locked");
    it.clock.advance(2 * 3_600_000);
    expect(await outcomeOf(it.claim(userId, first.id))).toBe("done");
    expect(await outcomeOf(it.claim(userId, second.id))).toBe("claim_refused holding_cap daily_cap");
    await it.giveBack(userId, first.id);
    expect(await outcomeOf(it.claim(userId, first.id))).toBe("claim_refused daily_cap previous_owner locked");
    it.clock.advance(2 * 3_600_000);
    expect(await outcomeOf(it.claim(other, first.id))).toBe("done");
    expect(await outcomeOf(it.claim("usr_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", second.id))).toBe("not_found");
  });

  test("whoever has been deactivated since gets nothing, and what is claimed is counted once whatever is told of late", async () => {
    const it = await poolWorld(await db.createTable(), 2);
    const [leaving = "", userId = ""] = it.userIds;
    const record = await it.addPooled();
    const person = await it.users.get(leaving);
    if (!person) throw new Error("the user is there");
    await it.users.update(person, revise(person, { active: false }, { context: it.context, command: "test" }));
    expect(await outcomeOf(it.claim(leaving, record.id))).toBe("not_found");
    const claimed = await it.claim(userId, record.id);
    const told = heldRecord({ kind: it.entity, before: { ...record }, after: { ...claimed } });
    if (!told) throw new Error("a claim changes who holds it");
    await countHeld([told], { table: it.table, clock: it.clock, pause: async () => {} });
    expect(await it.openOf(userId)).toBe(1);
    await it.giveBack(userId, record.id);
    await countHeld([told], { table: it.table, clock: it.clock, pause: async () => {} });
    expect(await it.openOf(userId)).toBe(0);
  });

  test("what waits is listed longest first, page by page, and counted; what is claimed is gone", async () => {
    const it = await poolWorld(await db.createTable(), 1);
    const [userId = ""] = it.userIds;
    expect(await it.figures.waiting(it.pool.id)).toEqual({ size: 0, isAtLeast: false });
    const ids: string[] = [];
    for (let made = 0; made < 5; made++) {
      ids.push((await it.addPooled()).id);
      it.clock.advance(1_000);
    }
    const page = await it.pooled.list(it.pool.id, { limit: 3 });
    const rest = await it.pooled.list(it.pool.id, { limit: 3, after: page.next });
    expect([...page.items, ...rest.items].map(({ id }) => id)).toEqual(ids);
    expect(page.items[0]).not.toHaveProperty("queue");
    await it.claim(userId, ids[0] ?? "");
    const waiting = await it.figures.waiting(it.pool.id);
    expect(waiting).toMatchObject({ size: 4, isAtLeast: false, oldestAt: page.items[1]?.pool?.at });
  });

  test("what comes into a pool at the moment of its deletion is out of reach of its members, and admins take it out", async () => {
    const it = await poolWorld(await db.createTable(), 1);
    const [userId = ""] = it.userIds;
    const { id } = await it.addPooled();
    await it.claim(userId, id);
    let calls = 0;
    const client = new Proxy(it.table.client, {
      get(target, property) {
        if (property !== "send") return Reflect.get(target, property, target);
        return async (...call: Parameters<typeof target.send>) => {
          // The first call of a return reads that the pool is there, the second one writes.
          if (++calls === 2) await deletePool({ id: it.pool.id, expectedVersion: 1 }, { ...it, context: it.context });
          return target.send(...call);
        };
      },
    });
    await it.giveBack(userId, id, { through: { ...it.table, client } });
    expect(await it.pools.get(it.pool.id)).toBeUndefined();
    expect((await it.state(userId, id)).record?.pool?.poolId).toBe(it.pool.id);
    expect(await outcomeOf(it.claim(userId, id))).toBe("not_found");
    expect((await it.pooled.list(it.pool.id, { limit: 5 })).items.map((record) => record.id)).toEqual([id]);
    expect(await outcomeOf(it.assign(userId, id))).toBe("done");
    expect((await it.state(userId, id)).record).toMatchObject({ ownerId: userId });
    expect(await it.openOf(userId)).toBe(1);
  });

  test("who runs the pool gives out as far as people may hold, and takes out beyond that, to nobody too", async () => {
    const it = await poolWorld(await db.createTable(), 2, { holdingCap: 1, claimsPerDay: 1 });
    const [userId = ""] = it.userIds;
    const [first, second, third] = [await it.addPooled(), await it.addPooled(), await it.addPooled()];
    expect(await outcomeOf(it.assign(userId, first.id))).toBe("done");
    expect(await outcomeOf(it.assign(userId, second.id))).toBe("claim_refused holding_cap");
    expect(await outcomeOf(it.remove(userId, second.id))).toBe("done");
    expect(await outcomeOf(it.remove(undefined, third.id))).toBe("done");
    const { record, counted } = await it.state(userId, third.id);
    expect([record?.ownerId, record?.pool, counted?.userId]).toEqual([undefined, undefined, undefined]);
    expect([await it.openOf(userId), (await claimsBy(it)).get(userId)]).toEqual([2, undefined]);
    expect(await outcomeOf(it.remove(undefined, third.id))).toBe("not_in_pool");
  });
});
