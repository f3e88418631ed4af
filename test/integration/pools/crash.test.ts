import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type Fault, faults, faultyClient } from "@shangji/testing/faulty-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PoolWorld, poolWorld } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

/** All that changes with a claim or a return, as it can be seen. */
async function stateOf(it: PoolWorld, userId: string, leadId: string) {
  const { lead, counted, claims, open } = await it.state(userId, leadId);
  return {
    owner: lead?.ownerId,
    pool: lead?.pool?.poolId,
    status: lead?.status,
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

test.each(faults)(
  "B5 a claim and a return that meet %s at any call are made or not, and the retry finishes them",
  async (fault) => {
    const it = await poolWorld(await db.createTable(), 1, { claimsPerDay: 100 });
    const [userId = ""] = it.userIds;
    let claims = 0;
    for (let at = 0; ; at++) {
      const lead = await it.addPooled();
      const claim = { key: `return-${at}`, fingerprint: "same", at: it.clock.now() };
      const inPool = { owner: undefined, pool: it.pool.id, status: "pooled", counted: undefined, open: 0 };
      const claimed = { owner: userId, pool: undefined, status: "assigned", counted: userId, open: 1 };
      const isPast = await withFault(fault, at, it, (through) => it.claim(userId, lead.id, { through }));
      const between = await stateOf(it, userId, lead.id);
      expect([
        { ...inPool, claims },
        { ...claimed, claims: claims + 1 },
      ]).toContainEqual(between);
      await it.claim(userId, lead.id);
      claims += 1;
      expect(await stateOf(it, userId, lead.id)).toEqual({ ...claimed, claims });
      await withFault(fault, at, it, (through) => it.giveBack(userId, lead.id, { through, claim }));
      const after = await stateOf(it, userId, lead.id);
      expect([
        { ...claimed, claims },
        { ...inPool, claims },
      ]).toContainEqual(after);
      if (after.owner !== undefined) await it.giveBack(userId, lead.id, { claim });
      expect(await stateOf(it, userId, lead.id)).toEqual({ ...inPool, claims });
      if (isPast) return;
    }
  },
);
