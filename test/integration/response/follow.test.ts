import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { remarked, type Said } from "../timers/said.ts";
import { friday, responseWorld, short } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

async function world(policies: object[] = [{ id: "all", respondWithinMinutes: 240 }]) {
  const it = await responseWorld(await db.createTable(), 2);
  await it.policies(policies);
  it.until(friday);
  const [first = "", second = ""] = it.userIds;
  return { ...it, first, second };
}

describe("B4 a clock starts", () => {
  test("with each assignment, once, and what is told late or twice changes nothing", async () => {
    const it = await world();
    const first = await it.addLead({ ownerId: it.first });
    expect([await it.given(first), await it.given(first)]).toEqual(["started", "unchanged"]);
    it.clock.advance(60_000);
    const second = await it.change(first, { ownerId: it.second });
    // Whose event comes late has lost the lead meanwhile.
    expect(await it.given(first)).toBe("unchanged");
    expect(await it.given(second)).toBe("started");
    const clock = await it.clockOf(first.id);
    expect(clock).toMatchObject({ ownerId: it.second, assignedAt: second.updatedAt, leadVersion: 2 });
    expect(clock?.holders).toEqual([{ userId: it.second, from: second.updatedAt }]);
    expect([await it.given(first), await it.given(second)]).toEqual(["unchanged", "unchanged"]);
    expect(await it.clockOf(first.id)).toEqual(clock);
  });

  test("for leads that a policy names, in the hours of the owner, and not for those that are being worked on", async () => {
    const it = await world([{ id: "east", when: { field: "region", eq: "East" }, respondWithinMinutes: 60 }]);
    const hours = { saturday: [{ from: "10:00", until: "12:00" }] };
    const weekend = await it.addUser({ workingHours: hours });
    const away = await it.addUser({ workingHours: {} });
    it.clock.advance(31_000);
    const lead = (ownerId: string, region = "East") => it.addLead({ region, ownerId });
    const elsewhere = await lead(it.first, "West");
    expect(await it.given(elsewhere)).toBe("none");
    expect(await it.clockOf(elsewhere.id)).toBeUndefined();
    const dueOf = async (ownerId: string) => {
      const own = await lead(ownerId);
      await it.given(own);
      return (await it.clockOf(own.id))?.respondBy;
    };
    expect(await dueOf(weekend.id)).toBe("2026-11-07T03:00:00.000Z");
    // Who never works has the organisation's time.
    expect(await dueOf(away.id)).toBe("2026-11-09T01:30:31.000Z");
    const working = await lead(it.first);
    it.clock.advance(1_000);
    const own = await it.change(working, { status: "working", statusChangedAt: it.clock.now().toISOString() });
    it.clock.advance(1_000);
    expect(await it.given(await it.change(own, { ownerId: it.second }))).toBe("none");
  });

  test("and is met at once by whoever was quicker than it", async () => {
    const it = await world();
    const lead = await it.addLead({ ownerId: it.first });
    it.clock.advance(1_000);
    await it.change(lead, { status: "working", statusChangedAt: it.clock.now().toISOString() });
    expect(await it.given(lead)).toBe("answered");
    expect(await it.clockOf(lead.id)).toMatchObject({
      state: "met",
      answeredAt: it.clock.now().toISOString(),
      version: 1,
    });
    expect(short(it.eventsOf(lead.id))).toEqual(["answered"]);
  });
});

test("B4 a clock goes by the policy that names its lead as it is, also when the lead changes", async () => {
  const hot = { id: "hot", when: { field: "region", eq: "East" }, respondWithinMinutes: 5 };
  const cold = {
    id: "cold",
    when: { field: "region", eq: "West" },
    respondWithinMinutes: 60,
    remindBeforeMinutes: [20],
  };
  const it = await world([hot, cold]);
  const lead = await it.addLead({ ownerId: it.first, region: "West" });
  await it.given(lead);
  expect(await it.clockOf(lead.id)).toMatchObject({ policyId: "cold", next: { step: "remind" } });
  it.clock.advance(120_000);
  const hurried = await it.change(lead, { region: "East" });
  expect([await it.moved(lead.id), await it.moved(lead.id)]).toEqual(["moved", "unchanged"]);
  // From the same beginning: Friday, half past five.
  expect(await it.clockOf(lead.id)).toMatchObject({
    ...{ policyId: "hot", assignedAt: lead.createdAt, respondBy: "2026-11-06T09:35:00.000Z" },
    next: { step: "escalate", dueAt: "2026-11-06T09:35:00.000Z" },
  });
  const nobodys = await it.change(hurried, { region: "North" });
  expect(await it.moved(lead.id)).toBe("unchanged");
  it.until("2026-11-06T09:35:00.000Z");
  expect(await it.sweep()).toEqual({ ended: 1 });
  expect(await it.clockOf(nobodys.id)).toMatchObject({ state: "ended" });
});

test("B4 a lead that no policy named gets a clock by the change with which one does, unless it was answered", async () => {
  const it = await world([{ id: "east", when: { field: "region", eq: "East" }, respondWithinMinutes: 10 }]);
  const [open, noted] = [await it.addLead({ ownerId: it.first }), await it.addLead({ ownerId: it.first })];
  for (const lead of [open, noted]) expect(await it.given(lead)).toBe("none");
  it.clock.advance(60_000);
  await it.note(noted.id);
  for (const lead of [open, noted]) await it.change(lead, { region: "East" });
  expect([await it.moved(open.id), await it.moved(open.id)]).toEqual(["started", "unchanged"]);
  expect(await it.clockOf(open.id)).toMatchObject({ state: "running", respondBy: "2026-11-06T09:41:00.000Z" });
  expect(await it.moved(noted.id)).toBe("none");
  expect(await it.clockOf(noted.id)).toBeUndefined();
});

describe("B4 a clock stops", () => {
  test("with the first touch of a person, and not with that of a machine, one from before, or a remark", async () => {
    const it = await world();
    const lead = await it.addLead({ ownerId: it.first });
    await it.given(lead);
    it.clock.advance(1_000);
    await it.note(lead.id, "svc_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D");
    expect(await it.moved(lead.id)).toBe("unchanged");
    await it.note(lead.id, it.first, remarked);
    expect(await it.moved(lead.id)).toBe("unchanged");
    it.clock.advance(1_000);
    await it.note(lead.id);
    const answeredAt = it.clock.now().toISOString();
    it.clock.advance(60_000);
    await it.note(lead.id);
    expect([await it.moved(lead.id), await it.moved(lead.id)]).toEqual(["answered", "none"]);
    expect(await it.clockOf(lead.id)).toMatchObject({ state: "met", answeredAt, version: 2 });
    it.clock.advance(1_000);
    const other = await it.change(lead, { ownerId: it.second });
    expect(await it.given(other)).toBe("started");
    expect(await it.clockOf(lead.id)).toMatchObject({ state: "running", ownerId: it.second });
  });

  test.each<Said>([
    { channel: "call" },
    { channel: "mail" },
    { channel: "message", outcome: "replied" },
    { channel: "meeting" },
    { outcome: "no_answer" },
  ])("by %o, once, however often and by however many it is told", async (said) => {
    const it = await world();
    const lead = await it.addLead({ ownerId: it.first });
    await it.given(lead);
    it.clock.advance(1_000);
    await it.note(lead.id, it.second, said);
    const told = await Promise.all([1, 2, 3, 4].map(() => it.moved(lead.id)));
    expect(told.toSorted()).toEqual(["answered", "none", "none", "none"]);
    expect(await it.given(lead)).toBe("none");
    expect(short(it.eventsOf(lead.id))).toEqual(["answered"]);
  });

  test("when the touch is written, and not when it is said to have happened", async () => {
    const it = await world();
    const lead = await it.addLead({ ownerId: it.first });
    await it.given(lead);
    it.until("2026-11-09T04:20:00.000Z");
    const happenedAt = it.clock.now().toISOString();
    // The deadline was ten minutes before it is written.
    it.until("2026-11-09T04:40:00.000Z");
    await it.note(lead.id, it.first, { channel: "call", happenedAt });
    expect(await it.moved(lead.id)).toBe("answered");
    const answeredAt = it.clock.now().toISOString();
    expect(await it.clockOf(lead.id)).toMatchObject({ state: "answered_late", answeredAt });
  });

  test("by a touch that was taken away again: it was made all the same", async () => {
    const it = await world();
    const lead = await it.addLead({ ownerId: it.first });
    await it.given(lead);
    it.clock.advance(1_000);
    const note = await it.note(lead.id);
    it.clock.advance(1_000);
    await it.unwrite(note);
    expect(await it.moved(lead.id)).toBe("answered");
    expect(await it.clockOf(lead.id)).toMatchObject({ state: "met", answeredAt: note.createdAt });
  });

  test("with nothing that happened before the assignment, whoever writes it down afterwards", async () => {
    const it = await world();
    const lead = await it.addLead({ ownerId: it.first });
    it.clock.advance(20 * 60_000);
    const happenedAt = it.clock.now().toISOString();
    it.clock.advance(20 * 60_000);
    const handed = await it.change(lead, { ownerId: it.second });
    expect(await it.given(handed)).toBe("started");
    it.clock.advance(60_000);
    for (const author of [it.first, it.second]) await it.note(lead.id, author, { channel: "call", happenedAt });
    expect(await it.moved(lead.id)).toBe("unchanged");
    // Nor was it known when it was told late.
    it.clock.advance(60_000);
    await it.note(lead.id, it.first, { channel: "call", happenedAt: it.clock.now().toISOString() });
    expect(await it.moved(lead.id)).toBe("answered");
    expect(await it.clockOf(lead.id)).toMatchObject({ state: "met", answeredAt: it.clock.now().toISOString() });
  });

  test("without an answer when the lead is nobody's, or gone", async () => {
    const it = await world();
    const [left, gone] = [await it.addLead({ ownerId: it.first }), await it.addLead({ ownerId: it.first })];
    for (const each of [left, gone]) await it.given(each);
    await it.change(left, { status: "new", ownerId: null });
    await it.change(gone, { deletedAt: it.clock.now().toISOString() });
    for (const { id } of [left, gone]) {
      expect(await it.moved(id)).toBe("ended");
      expect(await it.clockOf(id)).toMatchObject({ state: "ended" });
      expect((await it.clockOf(id))?.next).toBeUndefined();
    }
    expect(it.eventsOf(gone.id)).toEqual([]);
  });
});

test("B4 policies that name a field or a pool that is not there are refused at their places", async () => {
  const it = await world([]);
  const refused = (more: object) => it.policies([{ id: "a", respondWithinMinutes: 5, ...more }]);
  await expect(refused({ poolId: "pool_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" })).rejects.toMatchObject({
    code: "unknown_reference",
    errors: [{ pointer: "/body/policies/0/poolId" }],
  });
  await expect(refused({ when: { field: "colour", eq: "red" } })).rejects.toMatchObject({
    code: "invalid_request",
    errors: [{ pointer: "/body/policies/0/when/field" }],
  });
});
