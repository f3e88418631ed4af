import { timelineIn } from "@shangji/aws/dynamo/timeline/timeline";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { remarked, type Said } from "../timers/said.ts";
import { type RecyclingWorld, recyclingProcess, recyclingWorld } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const rule = { after: { since: "touch", days: 10 }, warnDays: [3, 1] };

async function world(rules: object[] = [rule], people = 2) {
  const it = await recyclingWorld(await db.createTable(), people);
  await it.rules(rules);
  return it;
}

/** Two sweeps at once in processes of their own, and a third one after them. */
async function sweepThrice(it: RecyclingWorld) {
  await Promise.all([1, 2].map(() => it.sweep(recyclingProcess(it.table, it.clock))));
  expect(await it.sweep()).toEqual({});
}

describe("B6 a lead that its owner leaves alone", () => {
  test("is warned of on its days and then in the chosen pool, each once, however many sweep, and the owner waits", async () => {
    const it = await world();
    const [owner = "", other = ""] = it.userIds;
    const lead = await it.claimed();
    expect(await it.countdownOf(lead.id)).toMatchObject({
      ...{ state: "running", ownerId: owner, ownedSince: lead.updatedAt, ruleId: "all", poolId: it.pool.id },
      because: { since: "touch", days: 10, from: lead.updatedAt },
    });
    it.pass(6.9);
    expect(await it.sweep()).toEqual({});
    it.pass(0.1);
    await sweepThrice(it);
    expect(await it.countdownOf(lead.id)).toMatchObject({ warned: { daysAhead: 3 }, next: { step: "warn" } });
    it.pass(2);
    await sweepThrice(it);
    expect([await it.recordOf(lead.id), await it.openOf()]).toEqual([lead, 1]);
    it.pass(1);
    await sweepThrice(it);
    expect(it.eventsOf(lead.id)).toEqual(["recycle_warned", "recycle_warned", "recycled"]);
    expect(it.versionsOf(lead.id)).toEqual([1, 2, 3, 4]);
    const at = it.clock.now().toISOString();
    const pooled = await it.recordOf(lead.id);
    expect(pooled).toMatchObject({
      ...{ status: "pooled", version: lead.version + 1, statusChangedAt: at },
      pool: { poolId: it.pool.id, at, previousOwnerId: owner, reason: "recycled" },
      change: { actorId: "system", command: "recycleLead", reason: "recycled" },
    });
    expect([pooled?.ownerId, pooled?.teamId]).toEqual([undefined, undefined]);
    expect([await it.openOf(), await it.openOf(other)]).toEqual([0, 0]);
    expect(await it.countdownOf(lead.id)).toMatchObject({ state: "recycled", ownerId: owner, recycledAt: at });
    await expect(it.claim(lead.id)).rejects.toMatchObject({
      code: "claim_refused",
      failures: [{ rule: "previous_owner" }],
    });
    await it.claim(lead.id, other);
    expect(await it.follow(lead.id)).toBe("planned");
    expect(await it.countdownOf(lead.id)).toMatchObject({ state: "running", ownerId: other, done: {} });
    expect([await it.openOf(), await it.openOf(other)]).toEqual([0, 1]);
  });

  test("stays when somebody follows it up, even if nobody has told of it; what a machine notes is no follow-up", async () => {
    const it = await world();
    const [noted, worked, machine] = [await it.claimed(), await it.claimed(), await it.claimed()];
    it.pass(9.5);
    expect(await it.sweep()).toEqual({ warned: 3 });
    await it.note(noted.id);
    await it.note(machine.id, "svc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D");
    await it.change(worked, { status: "working", statusChangedAt: it.clock.now().toISOString() });
    const touchedAt = it.clock.now().toISOString();
    // The notice came half a day late, and its day is given.
    it.pass(1);
    expect(await it.sweep()).toEqual({ moved: 2, recycled: 1 });
    for (const { id } of [noted, worked]) {
      expect(await it.countdownOf(id)).toMatchObject({ touchedAt, because: { from: touchedAt } });
      expect((await it.recordOf(id))?.ownerId).toBe(it.userIds[0]);
    }
    it.pass(6);
    expect(await it.sweep()).toEqual({ warned: 2 });
  });

  test("is not followed up by a remark, and by a call from when it happened, in the owner's own time", async () => {
    const it = await world();
    const owner = it.userIds[0] ?? "";
    const before = new Date(it.clock.now().getTime()).toISOString();
    it.pass(1);
    const [remarkedOn, called, others] = [await it.claimed(), await it.claimed(), await it.claimed()];
    it.pass(2);
    const happenedAt = it.clock.now().toISOString();
    it.pass(1);
    await it.note(remarkedOn.id, owner, remarked);
    await it.note(called.id, owner, { channel: "call", happenedAt });
    // What is written down last may have happened first.
    await it.note(called.id, owner, { channel: "mail", happenedAt: called.updatedAt });
    await it.note(others.id, owner, { channel: "call", happenedAt: before });
    expect([await it.follow(remarkedOn.id), await it.follow(called.id), await it.follow(others.id)]).toEqual([
      "none",
      "planned",
      "none",
    ]);
    const from = async ({ id }: { id: string }) => (await it.countdownOf(id))?.because;
    expect(await from(called)).toEqual({ since: "touch", days: 10, from: happenedAt });
    for (const lead of [remarkedOn, others])
      expect(await from(lead)).toEqual({ since: "touch", days: 10, from: lead.updatedAt });
    it.pass(7);
    expect(await it.sweep()).toEqual({ warned: 3 });
  });

  test("is left to a new owner for as long again, and nobody loses what is protected, converted, disqualified or gone", async () => {
    const it = await world([{ after: { since: "creation", days: 1 }, protectDays: 4 }]);
    const [handed, converted, disqualified, deleted, kept] = [
      await it.claimed(),
      await it.claimed(),
      await it.claimed(),
      await it.claimed(),
      await it.claimed(),
    ];
    it.pass(3.9);
    expect(await it.sweep()).toEqual({});
    await it.change(handed, { ownerId: it.userIds[1] });
    await it.change(converted, { status: "converted" });
    await it.change(disqualified, { status: "disqualified" });
    await it.change(deleted, { deletedAt: it.clock.now().toISOString() });
    it.pass(0.2);
    expect(await it.sweep()).toEqual({ moved: 1, ended: 3, recycled: 1 });
    expect((await it.recordOf(kept.id))?.status).toBe("pooled");
    expect((await it.recordOf(handed.id))?.ownerId).toBe(it.userIds[1]);
    it.pass(3.8);
    expect(await it.sweep()).toEqual({ recycled: 1 });
  });

  test("goes by the first rule that is for it, to the pool of that rule, and by none whose pool is gone", async () => {
    const it = await recyclingWorld(await db.createTable(), 1);
    const [near, far] = [await it.addPool({ name: { en: "Near" } }), await it.addPool({ name: { en: "Far" } })];
    await it.rules([
      { id: "near", when: { field: "region", eq: "East" }, after: { since: "touch", days: 2 }, poolId: near.id },
      { id: "far", after: { since: "touch", days: 3 }, poolId: far.id },
    ]);
    const [east, west] = [await it.claimed(), await it.claimed()];
    await it.change(east, { region: "East" });
    expect([await it.follow(east.id), await it.follow(west.id)]).toEqual(["planned", "none"]);
    await it.removePool(near);
    it.pass(2.1);
    expect(await it.sweep()).toEqual({ moved: 1 });
    it.pass(1);
    expect(await it.sweep()).toEqual({ recycled: 2 });
    for (const { id } of [east, west]) expect((await it.recordOf(id))?.pool?.poolId).toBe(far.id);
  });

  test("is nobody's loss when the pool goes at the very moment", async () => {
    const it = await world([{ after: { since: "touch", days: 2 } }]);
    const lead = await it.claimed();
    it.pass(2.1);
    // Pools are remembered for half a minute.
    const process = recyclingProcess(it.table, it.clock);
    await process.pools.all();
    await it.removePool(it.pool);
    expect(await it.sweep(process)).toEqual({ busy: 1 });
    expect(await it.recordOf(lead.id)).toEqual(lead);
    it.clock.advance(31_000);
    expect(await it.sweep(process)).toEqual({ ended: 1 });
  });

  test("and a follow-up at the same moment: whichever is first, the other knows of it", async () => {
    const it = await world([{ after: { since: "touch", days: 2 } }]);
    const lead = await it.claimed();
    it.pass(2.1);
    const process = recyclingProcess(it.table, it.clock);
    const { lead: recycled } = process.recycled;
    let noted = 0;
    // The note comes after everything was read, and before anything is written.
    const countdowns: typeof recycled.countdowns = {
      ...recycled.countdowns,
      async recycle(recycling) {
        if (noted++ === 0) await it.note(lead.id);
        return recycled.countdowns.recycle(recycling);
      },
    };
    expect(
      await it.sweep({ ...process, recycled: { ...process.recycled, lead: { ...recycled, countdowns } } }),
    ).toEqual({ moved: 1 });
    expect(await it.recordOf(lead.id)).toEqual(lead);
    expect(await it.countdownOf(lead.id)).toMatchObject({ touchedAt: it.clock.now().toISOString() });
    it.pass(2.1);
    expect(await it.sweep()).toEqual({ recycled: 1 });
    const owner = it.userIds[0] ?? "";
    const note = { recordId: lead.id, text: "called", authorId: owner, id: "note_01JD7Z3Q5V9W0X2Y4Z6A8B0C1E" };
    const stored = { ...note, version: 1, createdAt: lead.createdAt, updatedAt: lead.createdAt, change: lead.change };
    const seenByOwner = { ownerId: owner, teamIds: [], recordIds: [] };
    await expect(timelineIn(it.table).createNote(stored, seenByOwner)).rejects.toMatchObject({ code: "not_found" });
  });

  test.each<[string, Said]>([
    ["a remark", remarked],
    ["a call of long ago", { channel: "call", happenedAt: "2026-01-01T00:00:00.000Z" }],
  ])("and %s at the same moment: it is looked at again, and goes once", async (_, said) => {
    const it = await world([{ after: { since: "touch", days: 2 } }]);
    const lead = await it.claimed();
    it.pass(2.1);
    const process = recyclingProcess(it.table, it.clock);
    const { lead: recycled } = process.recycled;
    let tried = 0;
    const countdowns: typeof recycled.countdowns = {
      ...recycled.countdowns,
      async recycle(recycling) {
        if (tried++ === 0) await it.note(lead.id, it.userIds[0], said);
        return recycled.countdowns.recycle(recycling);
      },
    };
    const late = { ...process, recycled: { ...process.recycled, lead: { ...recycled, countdowns } } };
    expect(await it.sweep(late)).toEqual({ recycled: 1 });
    expect(tried).toBe(2);
    expect(await it.recordOf(lead.id)).toMatchObject({ status: "pooled", version: lead.version + 1 });
    expect(it.eventsOf(lead.id)).toEqual(["recycled"]);
  });

  test("one sweep takes many from one person, and the count of open leads is exact", async () => {
    const it = await world([{ after: { since: "touch", days: 2 } }]);
    for (let made = 0; made < 12; made++) await it.claimed();
    it.pass(2.1);
    const processes = [1, 2].map(() => recyclingProcess(it.table, it.clock));
    await Promise.all(processes.map((process) => it.sweep(process)));
    while ((await it.sweep()).recycled);
    expect(await it.openOf()).toBe(0);
  });
});

describe("B6 since when somebody has a lead", () => {
  const since = async (it: RecyclingWorld, leadId: string) => {
    await it.follow(leadId);
    return (await it.countdownOf(leadId))?.ownedSince;
  };

  test("is told by its history, also when it had no countdown, and is not moved by other changes", async () => {
    const it = await recyclingWorld(await db.createTable(), 2);
    const lead = await it.addLead({ ownerId: it.userIds[0] ?? "" });
    await it.happened(lead);
    it.pass(5);
    const given = await it.change(lead, { ownerId: it.userIds[1] });
    it.pass(5);
    await it.change(given, { region: "East" });
    await it.rules([rule]);
    expect(await since(it, lead.id)).toBe(given.updatedAt);
    expect(await it.follow(lead.id)).toBe("none");
  });

  test("is the last write while its history is behind, and not before it was given to anybody", async () => {
    const it = await world();
    const lead = await it.addLead();
    await it.happened(lead);
    it.pass(20);
    const at = it.clock.now().toISOString();
    const after = { ...lead, version: 2, ownerId: it.userIds[0] ?? "", status: "assigned" as const };
    await it.leads.update(lead, { ...after, statusChangedAt: at, updatedAt: at, change: { ...lead.change, at } });
    expect(await since(it, lead.id)).toBe(at);
    const [first = "", second = ""] = it.userIds;
    const begun = await it.addLead({ ownerId: first });
    await it.happened(begun);
    it.pass(1);
    const handed = await it.change(begun, { ownerId: second, status: "working" });
    it.pass(3);
    const now = it.clock.now().toISOString();
    // In work since long, when somebody else gets it.
    await it.leads.update(handed, { ...handed, version: 3, ownerId: first, updatedAt: now });
    expect(await since(it, begun.id)).toBe(now);
  });
});
