import { countLeads } from "@shangji/aws/dynamo/assignment/count-leads";
import { heldLead } from "@shangji/core/assignment/open-holder";
import { DomainError } from "@shangji/core/kit/domain-error";
import { revise } from "@shangji/core/kit/revise";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { atOnce } from "../assignment/world.ts";
import { type PoolWorld, poolWorld } from "./world.ts";

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
    if (!(error instanceof DomainError)) throw error;
    return [error.code, ...error.failures.map((failure) => (failure as { rule: string }).rule)].join(" ");
  }
}

const claimsBy = async ({ pooled, pool }: PoolWorld) =>
  new Map((await pooled.claimsSince(pool.id, "2026-11-02")).map(({ userId, count }) => [userId, count]));

test("B5 of 1,000 claims by 50 people at once, some given back at once, nobody has more than three a day and no lead two owners", async () => {
  const it = await poolWorld(await db.createTable(), 50, { claimsPerDay: 3 });
  const leads: string[] = [];
  await atOnce(
    Array.from({ length: 60 }, (_, index) => index),
    16,
    async () => {
      leads.push((await it.addPooled()).id);
    },
  );
  const granted = new Map<string, number>();
  const holders = new Map<string, Set<string>>();
  const attempts = Array.from({ length: 1_000 }, (_, index) => index);
  await atOnce(attempts, 50, async (index) => {
    const userId = it.userIds[index % 50] ?? "";
    const leadId = leads[(index * 7 + Math.floor(index / 50)) % leads.length] ?? "";
    const before = await it.leads.get(leadId);
    if (before?.ownerId === userId) return;
    const outcome = await outcomeOf(it.claim(userId, leadId));
    if (outcome !== "done") {
      expect(["not_in_pool", "claim_refused daily_cap", "unavailable"]).toContain(outcome);
      return;
    }
    granted.set(userId, (granted.get(userId) ?? 0) + 1);
    const others = holders.get(leadId) ?? new Set();
    expect([leadId, [...others]]).toEqual([leadId, []]);
    holders.set(leadId, others.add(userId));
    if (index % 3 === 0) {
      others.delete(userId);
      expect(await outcomeOf(it.giveBack(userId, leadId))).toBe("done");
    }
  });
  const counted = await claimsBy(it);
  expect(Math.max(...counted.values())).toBe(3);
  expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(granted));
  const stored = await it.leads.getMany(leads);
  for (const [leadId, users] of holders) expect(stored.get(leadId)?.ownerId).toBe([...users][0]);
  for (const userId of it.userIds) {
    const owned = [...stored.values()].filter(({ ownerId }) => ownerId === userId);
    expect(await it.openOf(userId)).toBe(owned.length);
  }
}, 120_000);

test("B5 a claim at once with others of the same person passes neither cap", async () => {
  const it = await poolWorld(await db.createTable(), 1, { claimsPerDay: 4, holdingCap: 3 });
  const [userId = ""] = it.userIds;
  const leads: string[] = [];
  for (let made = 0; made < 10; made++) leads.push((await it.addPooled()).id);
  await atOnce(leads, 10, async (leadId) => {
    await outcomeOf(it.claim(userId, leadId));
  });
  expect([await it.openOf(userId), (await claimsBy(it)).get(userId)]).toEqual([3, 3]);
  const held = [...(await it.leads.getMany(leads)).values()].filter(({ ownerId }) => ownerId === userId);
  expect(held).toHaveLength(3);
  await it.giveBack(userId, held[0]?.id ?? "");
  expect(await outcomeOf(it.claim(userId, held[0]?.id ?? ""))).toBe("done");
  await it.giveBack(userId, held[1]?.id ?? "");
  expect(await outcomeOf(it.claim(userId, held[1]?.id ?? ""))).toBe("claim_refused daily_cap");
  it.clock.advance(86_400_000);
  expect(await outcomeOf(it.claim(userId, held[1]?.id ?? ""))).toBe("done");
});

test("B5 a refusal names every failed rule, and each ends in its time", async () => {
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

test("B5 whoever has been deactivated since gets nothing, and leads that are claimed are counted once whatever is told of late", async () => {
  const it = await poolWorld(await db.createTable(), 2);
  const [leaving = "", userId = ""] = it.userIds;
  const lead = await it.addPooled();
  const person = await it.users.get(leaving);
  if (!person) throw new Error("the user is there");
  await it.users.update(person, revise(person, { active: false }, { context: it.context, command: "test" }));
  expect(await outcomeOf(it.claim(leaving, lead.id))).toBe("not_found");
  const claimed = await it.claim(userId, lead.id);
  const told = heldLead({ kind: "lead", before: { ...lead }, after: { ...claimed } });
  if (!told) throw new Error("a claim changes who holds the lead");
  await countLeads([told], { table: it.table, clock: it.clock, pause: async () => {} });
  expect(await it.openOf(userId)).toBe(1);
  await it.giveBack(userId, lead.id);
  await countLeads([told], { table: it.table, clock: it.clock, pause: async () => {} });
  expect(await it.openOf(userId)).toBe(0);
});

test("B5 what waits is listed longest first, page by page, and counted; what is claimed is gone", async () => {
  const it = await poolWorld(await db.createTable(), 1);
  const [userId = ""] = it.userIds;
  expect(await it.pooled.waiting(it.pool.id)).toEqual({ size: 0, isAtLeast: false });
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
  const waiting = await it.pooled.waiting(it.pool.id);
  expect(waiting).toMatchObject({ size: 4, isAtLeast: false, oldestAt: page.items[1]?.pool?.at });
});
