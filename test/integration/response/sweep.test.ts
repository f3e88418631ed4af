import { calendarsIn } from "@shangji/aws/dynamo/assignment/settings";
import { scoresIn } from "@shangji/aws/dynamo/scoring/scores";
import { BusinessCalendar } from "@shangji/contracts/calendar/schemas";
import { defaultCalendar, putCalendar } from "@shangji/core/calendar/organization-calendar";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { remarked, type Said } from "../timers/said.ts";
import { friday, type ResponseWorld, responseProcess, responseWorld, short } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const policy = { id: "all", respondWithinMinutes: 240, remindBeforeMinutes: [60], reassignments: 2 };

async function world(people: number, more: object = {}) {
  const it = await responseWorld(await db.createTable(), people);
  await it.rules([{ id: "all", target: { kind: "round_robin", among: { userIds: it.userIds } } }]);
  await it.policies([{ ...policy, ...more }]);
  it.until(friday);
  return it;
}

/** A lead that the first person has since Friday, with its clock. */
async function givenLead(it: ResponseWorld, fields: { ownerId?: string } = {}) {
  const lead = await it.addLead({ ownerId: it.userIds[0] ?? "", ...fields });
  expect(await it.given(lead)).toBe("started");
  return lead;
}

/** Two sweeps at once in processes of their own, and a third one after them. */
async function sweepThrice(it: ResponseWorld) {
  await Promise.all([1, 2].map(() => it.sweep(responseProcess(it.table, it.clock))));
  expect(await it.sweep()).toEqual({});
}

describe("B4 the response clock", () => {
  test("reassigns by the score of the lead, as the first assignment does", async () => {
    const it = await world(3, { remindBeforeMinutes: [] });
    const [, second = "", third = ""] = it.userIds;
    const user = (userId: string) => ({ kind: "user", userId });
    await it.rules([
      { id: "good", when: { field: "score", gte: 50 }, target: user(second) },
      { id: "rest", target: user(third) },
    ]);
    const [good, poor] = [await givenLead(it), await givenLead(it)];
    const scores = scoresIn(it.table);
    for (const [lead, points] of [[good, 60] as const, [poor, 40] as const]) {
      const met = [{ id: "rule", points, looksAt: [] }];
      const groups = [{ id: "fit", kind: "fit" as const, met }];
      const becomes = { leadId: lead.id, revision: 1, rulesVersion: 1, at: lead.createdAt, grades: [], groups };
      expect(await scores.save({ lead, was: undefined, becomes })).toBe("written");
    }
    it.until("2026-11-09T04:40:00.000Z");
    expect(await it.sweep()).toEqual({ reassigned: 2 });
    expect((await it.leadOf(good.id))?.ownerId).toBe(second);
    expect((await it.leadOf(poor.id))?.ownerId).toBe(third);
  });

  test("of Friday 17:30 with four business hours is due on Monday at 12:30, to the second, and the lead is not written before", async () => {
    const it = await world(2, { remindBeforeMinutes: [] });
    const lead = await givenLead(it);
    expect(await it.clockOf(lead.id)).toMatchObject({ state: "running", respondBy: "2026-11-09T04:30:00.000Z" });
    it.until("2026-11-09T04:29:59.999Z");
    expect(await it.sweep()).toEqual({});
    it.until("2026-11-09T04:30:00.000Z");
    expect(await it.leadOf(lead.id)).toEqual(lead);
    expect(await it.sweep()).toEqual({ reassigned: 1 });
    expect(short(it.eventsOf(lead.id))).toEqual(["breached", "reassigned"]);
  });

  test.each([
    [
      "National Day and the Saturday that is worked for it",
      {
        zone: "Asia/Shanghai",
        holidays: [{ from: "2026-10-01", until: "2026-10-07" }],
        makeUpDays: [{ date: "2026-10-10", hoursOf: "friday" }],
      },
      ...(["2026-10-09T09:30:00.000Z", "2026-10-10T04:30:00.000Z"] as const),
    ],
    [
      "National Day, from the eve of it",
      { zone: "Asia/Shanghai", holidays: [{ from: "2026-10-01", until: "2026-10-07" }] },
      ...(["2026-09-30T09:30:00.000Z", "2026-10-08T04:30:00.000Z"] as const),
    ],
    ["the end of summer time", { zone: "Europe/Berlin" }, "2026-10-23T15:30:00.000Z", "2026-10-26T11:30:00.000Z"],
    ["the beginning of summer time", { zone: "Europe/Berlin" }, "2026-03-27T16:30:00.000Z", "2026-03-30T10:30:00.000Z"],
  ])(
    "of half past five with four business hours is breached at the very minute over %s",
    async (_, days, from, due) => {
      const it = await responseWorld(await db.createTable(), 2, from);
      const { version: _version, ...office } = defaultCalendar(days.zone);
      const calendar = BusinessCalendar.parse({ ...office, ...days });
      const calendars = calendarsIn(it.table, it.clock);
      await putCalendar({ calendar, expectedVersion: undefined }, { calendars, context: it.context });
      await it.rules([{ id: "all", target: { kind: "round_robin", among: { userIds: it.userIds } } }]);
      await it.policies([{ ...policy, remindBeforeMinutes: [] }]);
      it.until(from);
      const lead = await givenLead(it);
      it.until(new Date(Date.parse(due) - 1).toISOString());
      expect([await it.sweep(), short(it.eventsOf(lead.id))]).toEqual([{}, []]);
      it.until(due);
      expect(await it.sweep()).toEqual({ reassigned: 1 });
      expect(short(it.eventsOf(lead.id))).toEqual(["breached", "reassigned"]);
    },
  );

  test("reminds, reassigns twice and never back, escalates, pools, each once with one event, however many sweep", async () => {
    const it = await world(3, { poolAfterMinutes: 60 });
    const pool = await it.addPool({ isDefault: true });
    const manager = await it.addUser({ role: "manager" });
    const team = await it.addTeam({ managerId: manager.id });
    it.clock.advance(31_000);
    it.until("2026-11-06T09:40:00.000Z");
    const lead = await it.change(await it.addLead(), {
      ...{ status: "assigned", statusChangedAt: it.clock.now().toISOString() },
      ...{ ownerId: it.userIds[0], teamId: team.id },
    });
    await it.given(lead);
    const owners = [lead.ownerId];
    const told: string[][] = [];
    for (let steps = 0; ; steps++) {
      const { next } = (await it.clockOf(lead.id)) ?? {};
      if (!next) break;
      it.until(next.dueAt);
      const before = it.eventsOf(lead.id).length;
      await sweepThrice(it);
      told.push(short(it.eventsOf(lead.id).slice(before)));
      const { ownerId } = (await it.leadOf(lead.id)) ?? {};
      if (ownerId !== undefined && ownerId !== owners.at(-1)) owners.push(ownerId);
      expect(steps).toBeLessThan(10);
    }
    const missed = ["breached", "reassigned"];
    expect(told).toEqual([
      ["reminded"],
      missed,
      ["reminded"],
      missed,
      ["reminded"],
      ["breached", "escalated"],
      ["pooled"],
    ]);
    expect(new Set(owners)).toEqual(new Set(it.userIds));
    expect(owners).toHaveLength(3);
    // One write for each owner after the first one, and one for the pool.
    expect(await it.leadOf(lead.id)).toMatchObject({ status: "pooled", pool: { poolId: pool.id }, version: 5 });
    expect(await it.clockOf(lead.id)).toMatchObject({
      state: "ended",
      reassignments: 2,
      holders: owners.map((userId) => ({ userId, missedAt: expect.any(String) })),
    });
    for (const { open } of (await it.tallies()).values()) expect(open).toBeGreaterThanOrEqual(0);
  });

  test("goes to the manager at once when nobody else may have the lead, above a manager who owns it, and stays without a pool", async () => {
    const it = await world(1, { poolAfterMinutes: 0 });
    const above = await it.addUser({ role: "manager" });
    const top = await it.addTeam({ managerId: above.id });
    const team = await it.addTeam({ managerId: it.userIds[0] ?? "", parentId: top.id });
    it.clock.advance(31_000);
    const lead = await it.change(await givenLead(it), { teamId: team.id });
    it.until("2026-11-09T04:31:00.000Z");
    expect(await it.sweep()).toEqual({ escalated: 1 });
    expect(await it.clockOf(lead.id)).toMatchObject({ state: "breached", escalatedTo: above.id });
    // It is to go to a pool, and there is none.
    expect(await it.sweep()).toEqual({ moved: 1 });
    expect(await it.sweep()).toEqual({});
    expect(await it.leadOf(lead.id)).toMatchObject({ version: 2, ownerId: it.userIds[0] });
    expect(short(it.eventsOf(lead.id))).toEqual(["breached", "escalated"]);
    await it.note(lead.id);
    expect(await it.moved(lead.id)).toBe("answered");
    expect(await it.clockOf(lead.id)).toMatchObject({ state: "answered_late" });
  });

  test("gives an unanswered lead to who is off work at that minute, but not to who is on leave, and counts open leads", async () => {
    const it = await responseWorld(await db.createTable(), 1);
    await it.addUser({ leave: [{ from: "2026-11-01", until: "2026-12-01" }] });
    const free = await it.addUser();
    const users = (await it.users.all()).map(({ id }) => id);
    await it.rules([{ id: "all", target: { kind: "round_robin", among: { userIds: users } } }]);
    await it.policies([{ ...policy, respondWithinMinutes: 30, remindBeforeMinutes: [] }]);
    it.until(friday);
    const { id } = await it.addLead();
    expect(await it.assign(id)).toBe("assigned");
    const lead = await it.leadOf(id);
    if (!lead) throw new Error("it was assigned");
    await it.given(lead);
    it.until("2026-11-06T10:00:00.000Z");
    expect(await it.sweep()).toEqual({ reassigned: 1 });
    const others = [it.userIds[0], free.id].filter((each) => each !== lead.ownerId);
    expect((await it.leadOf(id))?.ownerId).toBe(others[0]);
    const tallies = await it.tallies();
    expect([tallies.get(lead.ownerId ?? "")?.open, tallies.get(others[0] ?? "")?.open]).toEqual([0, 1]);
  });
});

describe("B4 an answer and a deadline at the same moment", () => {
  test("the answer counts when it is there, though nobody has told of it", async () => {
    const it = await world(2);
    const [noted, moved] = [await givenLead(it), await givenLead(it)];
    it.until("2026-11-09T04:30:00.000Z");
    await it.note(noted.id);
    await it.change(moved, { status: "working", statusChangedAt: it.clock.now().toISOString() });
    it.clock.advance(30_000);
    expect(await it.sweep()).toEqual({ answered: 2 });
    for (const { id } of [noted, moved]) {
      expect(await it.clockOf(id)).toMatchObject({ state: "met", answeredAt: "2026-11-09T04:30:00.000Z" });
      expect(short(it.eventsOf(id))).toEqual(["answered"]);
    }
  });

  test("one of them wins, whichever comes between the other's reading and writing", async () => {
    const it = await world(2, { remindBeforeMinutes: [] });
    const [answered, breached] = [await givenLead(it), await givenLead(it)];
    it.until("2026-11-09T04:30:00.000Z");
    const own = responseProcess(it.table, it.clock);
    let raced = 0;
    const racing = {
      ...own,
      clocks: {
        ...own.clocks,
        async reassign(write: Parameters<typeof own.clocks.reassign>[0]) {
          if (write.lead.before.id === answered.id && raced++ === 0) {
            await it.note(answered.id);
            expect(await it.moved(answered.id)).toBe("answered");
          }
          return own.clocks.reassign(write);
        },
      },
    };
    expect(await it.sweep(racing)).toEqual({ none: 1, reassigned: 1 });
    expect(raced).toBe(1);
    expect(await it.leadOf(answered.id)).toEqual(answered);
    expect(short(it.eventsOf(answered.id))).toEqual(["answered"]);
    // The first touch of the other one comes after the breach: it answers the next owner's clock.
    await it.note(breached.id);
    expect(await it.moved(breached.id)).toBe("answered");
    expect(short(it.eventsOf(breached.id))).toEqual(["breached", "reassigned", "answered"]);
  });

  test.each(["reassign", "pool"] as const)(
    "a note that comes between looking for notes and the write to %s a lead is an answer, though nobody has told of it",
    async (step) => {
      const more = step === "pool" ? { reassignments: 0, poolAfterMinutes: 0 } : {};
      const it = await world(2, { remindBeforeMinutes: [], ...more });
      if (step === "pool") await it.addPool({ isDefault: true });
      const lead = await givenLead(it);
      it.until("2026-11-09T04:30:00.000Z");
      if (step === "pool") expect(await it.sweep()).toEqual({ escalated: 1 });
      const own = responseProcess(it.table, it.clock);
      let raced = 0;
      const noted = async () => {
        if (raced++ === 0) await it.note(lead.id);
      };
      const clocks: typeof own.clocks = {
        ...own.clocks,
        async reassign(write) {
          await noted();
          return own.clocks.reassign(write);
        },
        async pool(...write) {
          await noted();
          return own.clocks.pool(...write);
        },
      };
      expect(await it.sweep({ ...own, clocks })).toEqual({ answered: 1 });
      expect(raced).toBe(1);
      expect(await it.leadOf(lead.id)).toEqual(lead);
    },
  );

  test.each<[string, Said]>([
    ["a remark", remarked],
    ["a touch from before the assignment", { channel: "call", happenedAt: "2026-11-05T02:00:00.000Z" }],
  ])(
    "%s that comes between is no answer: the lead is looked at again, and goes to somebody else once",
    async (_, said) => {
      const it = await world(2, { remindBeforeMinutes: [] });
      const lead = await givenLead(it);
      it.until("2026-11-09T04:30:00.000Z");
      const own = responseProcess(it.table, it.clock);
      let raced = 0;
      const clocks: typeof own.clocks = {
        ...own.clocks,
        async reassign(write) {
          if (raced++ === 0) await it.note(lead.id, it.userIds[0], said);
          return own.clocks.reassign(write);
        },
      };
      expect(await it.sweep({ ...own, clocks })).toEqual({ reassigned: 1 });
      expect(raced).toBe(2);
      expect(await it.leadOf(lead.id)).toMatchObject({ ownerId: it.userIds[1], version: 2 });
      expect(short(it.eventsOf(lead.id))).toEqual(["breached", "reassigned"]);
    },
  );

  test("of many at once each is answered once, and breached once or not at all", async () => {
    const it = await world(2, { reassignments: 0, remindBeforeMinutes: [] });
    const leads = await Promise.all(Array.from({ length: 20 }, () => givenLead(it)));
    it.until("2026-11-09T04:30:00.000Z");
    await Promise.all([
      it.sweep(responseProcess(it.table, it.clock)),
      it.sweep(responseProcess(it.table, it.clock)),
      ...leads.map(async ({ id }) => {
        await it.note(id);
        await it.moved(id);
      }),
    ]);
    await it.sweep();
    for (const { id } of leads) {
      const events = short(it.eventsOf(id));
      expect([["answered"], ["breached", "escalated", "answered"]]).toContainEqual(events);
      expect((await it.clockOf(id))?.state).toBe(events.length === 1 ? "met" : "answered_late");
    }
  });
});
