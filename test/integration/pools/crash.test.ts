import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type Fault, faults, faultyClient } from "@shangji/testing/faulty-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PoolWorld, worlds } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

/** All that changes with a claim or a return, as it can be seen. */
async function stateOf(it: PoolWorld, userId: string, id: string) {
  const { record, counted, claims, open } = await it.state(userId, id);
  return {
    owner: record?.ownerId,
    pool: record?.pool?.poolId,
    claimedFrom: counted?.claim?.poolId,
    counted: counted?.userId,
    claims,
    open,
  };
}

/** Calls with a fault at one of the requests, counted from 0; answers whether there were not so many. */
async function withFault(
  fault: Fault,
  at: number,
  it: PoolWorld,
  call: (through: PoolWorld["table"]) => Promise<unknown>,
) {
  let calls = 0;
  const client = faultyClient(it.table.client, () => (calls++ === at ? fault : undefined));
  await call({ ...it.table, client }).catch(() => undefined);
  return calls <= at;
}

describe.each(worlds)("B5 %s in pools:", (_, poolWorld) => {
  test.each(faults)(
    "a claim and a return that meet %s at any call are made or not, and the retry finishes them",
    async (fault) => {
      const it = await poolWorld(await db.createTable(), 1, { claimsPerDay: 100 });
      const [userId = ""] = it.userIds;
      let claims = 0;
      for (let at = 0; ; at++) {
        const { id } = await it.addPooled();
        const claim = { key: `return-${at}`, fingerprint: "same", at: it.clock.now() };
        const inPool = { owner: undefined, pool: it.pool.id, claimedFrom: undefined, counted: undefined, open: 0 };
        const claimed = { owner: userId, pool: undefined, claimedFrom: it.pool.id, counted: userId, open: 1 };
        const isPast = await withFault(fault, at, it, (through) => it.claim(userId, id, { through }));
        const between = await stateOf(it, userId, id);
        expect([
          { ...inPool, claims },
          { ...claimed, claims: claims + 1 },
        ]).toContainEqual(between);
        await it.claim(userId, id);
        claims += 1;
        expect(await stateOf(it, userId, id)).toEqual({ ...claimed, claims });
        await withFault(fault, at, it, (through) => it.giveBack(userId, id, { through, claim }));
        const after = await stateOf(it, userId, id);
        expect([
          { ...claimed, claims },
          { ...inPool, claims },
        ]).toContainEqual(after);
        if (after.owner !== undefined) await it.giveBack(userId, id, { claim });
        expect(await stateOf(it, userId, id)).toEqual({ ...inPool, claims });
        if (isPast) return;
      }
    },
  );
});
