import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { decisionKey } from "@shangji/aws/dynamo/assignment/assignment-items";
import { countHeld } from "@shangji/aws/dynamo/assignment/count-held";
import { recordChangeOf } from "@shangji/aws/dynamo/kit/record-change";
import { decisionKind } from "@shangji/contracts/assignment/decision-kind";
import { leadUnassigned } from "@shangji/contracts/assignment/events";
import { deriveAuditEntry } from "@shangji/core/audit/derive-audit-entry";
import { deriveEvents } from "@shangji/core/events/derive-events";
import { revise } from "@shangji/core/kit/revise";
import { leadMovedTo } from "@shangji/core/leads/move-lead";
import { updateLead } from "@shangji/core/leads/update-lead";
import { removalOf } from "@shangji/core/pools/pooled-kind";
import { leadsInPools } from "@shangji/core/pools/pooled-lead";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordedRows } from "../timers/recorded-rows.ts";
import { assignmentWorld, processOf } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const world = async (people = 2) => assignmentWorld(await db.createTable(), people);
const always = { workingHours: false };

test("B3 a lead that somebody was given by hand stays as it is, before and while it is decided", async () => {
  const it = await world();
  const [byHand = "", byRule = ""] = it.userIds;
  await it.rules([{ id: "all", target: { kind: "user", userId: byRule } }], always);
  const owned = await it.addLead({ ownerId: byHand });
  expect(await it.assign(owned.id)).toBe("left");
  const raced = await it.addLead();
  const { assignments } = it.process;
  const racing = {
    ...it.process,
    assignments: {
      ...assignments,
      async assign(write: Parameters<typeof assignments.assign>[0]) {
        const patch = { ownerId: byHand, status: "assigned" };
        await it.leads.update(raced, revise(raced, patch, { context: it.context, command: "byHand" })).catch(() => {});
        return assignments.assign(write);
      },
    },
  };
  expect(await it.assign(raced.id, racing)).toBe("left");
  expect(await it.leads.get(raced.id)).toMatchObject({ ownerId: byHand, version: 2, change: { command: "byHand" } });
  expect(await assignments.decisionOf(raced.id)).toBeUndefined();
  expect((await it.tallies()).size).toBe(0);
});

test("B3 a lead that is gone, ended or not there, and one without rules, changes nothing", async () => {
  const it = await world();
  const lead = await it.addLead();
  expect(await it.assign(lead.id)).toBe("no_rules");
  await it.rules([{ id: "all", target: { kind: "user", userId: it.userIds[0] } }], always);
  const stamp = { context: it.context, command: "test" };
  await it.leads.update(lead, revise(lead, { status: "disqualified", statusReason: "spam" }, stamp));
  expect(await it.assign(lead.id)).toBe("left");
  const gone = await it.addLead();
  await it.leads.remove(gone, revise(gone, { deletedAt: it.clock.now().toISOString() }, stamp));
  expect(await it.assign(gone.id)).toBe("left");
  expect(await it.assign("lead_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D")).toBe("left");
  expect((await it.tallies()).size).toBe(0);
});

test("B3 whoever was deactivated since users were read is passed over", async () => {
  const it = await world();
  const [leaving = "", other = ""] = it.userIds;
  await it.rules([{ id: "all", target: { kind: "round_robin", among: { userIds: it.userIds } } }], always);
  await it.process.users.all();
  const before = await it.users.get(leaving);
  if (!before) throw new Error("the user is there");
  await it.users.update(before, revise(before, { active: false }, { context: it.context, command: "test" }));
  const lead = await it.addLead();
  expect(await it.assign(lead.id)).toBe("assigned");
  expect((await it.leads.get(lead.id))?.ownerId).toBe(other);
  const decision = await it.process.assignments.decisionOf(lead.id);
  expect(decision?.explanation.candidates).toContainEqual({
    userId: leaving,
    outcome: "refused",
    refusals: [{ why: "inactive" }],
  });
});

test("B3 whoever has gone on leave or to another team since users were read is seen as they are", async () => {
  const it = await world();
  const [away = "", moved = ""] = it.userIds;
  await it.rules([{ id: "all", target: { kind: "round_robin", among: { userIds: it.userIds } } }], always);
  await it.process.users.all();
  const teamId = "team_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
  const changes = [
    [away, { leave: [{ from: "2026-11-01", until: "2026-11-30" }] }],
    [moved, { teamId }],
  ] as const;
  for (const [id, change] of changes) {
    const before = await it.users.get(id);
    if (!before) throw new Error("the user is there");
    await it.users.update(before, revise(before, change, { context: it.context, command: "test" }));
  }
  for (let given = 0; given < 2; given++) {
    const lead = await it.addLead();
    expect(await it.assign(lead.id)).toBe("assigned");
    expect(await it.leads.get(lead.id)).toMatchObject({ ownerId: moved, teamId });
  }
});

test("B3 the team, the region, hours and leave of people decide, and a lead goes to its owner's team", async () => {
  const it = await world(0);
  const team = "team_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";
  const early = { monday: [{ from: "08:00", until: "12:00" }] };
  const away = await it.addUser({ territories: ["华东"], leave: [{ from: "2026-11-01", until: "2026-11-03" }] });
  const off = await it.addUser({ territories: ["华东"], workingHours: early });
  const there = await it.addUser({ territories: ["华东"], teamId: team });
  const elsewhere = await it.addUser({ territories: ["华北"], teamId: team });
  await it.rules([{ id: "region", target: { kind: "territory" } }]);
  const lead = await it.addLead({ region: "华东" });
  expect(await it.assign(lead.id)).toBe("assigned");
  expect(await it.leads.get(lead.id)).toMatchObject({ ownerId: there.id, teamId: team });
  const { explanation, ruleId, lookedAt } = (await it.process.assignments.decisionOf(lead.id)) ?? {};
  const why = new Map(
    explanation?.candidates.map(({ userId, refusals }) => [userId, refusals.map((each) => each.why)]),
  );
  expect([ruleId, lookedAt]).toEqual(["region", ["region"]]);
  expect([why.get(away.id), why.get(off.id), why.get(there.id), why.get(elsewhere.id)]).toEqual([
    ["leave"],
    ["off_hours"],
    [],
    undefined,
  ]);
  const nowhere = await it.addLead();
  expect(await it.assign(nowhere.id)).toBe("unassigned");
});

test("B3 a lead that stays as it is is told of once for each decision, without why, and one that was given by its own change", async () => {
  const given = await db.createTable();
  const rows = recordedRows(given, decisionKind);
  const it = await assignmentWorld(rows.table, 1);
  const [only = ""] = it.userIds;
  await it.rules([{ id: "all", target: { kind: "user", userId: only } }], { ...always, maxPerDay: 1 });
  const [first, second] = [await it.addLead(), await it.addLead()];
  expect([await it.assign(first.id), await it.assign(second.id)]).toEqual(["assigned", "unassigned"]);
  expect(await it.assign(second.id)).toBe("unassigned");
  expect([rows.eventsOf(first.id), rows.eventsOf(second.id)]).toEqual([[], ["lead.unassigned.v1"]]);
  const { Item: after } = await given.client.send(
    new GetCommand({ TableName: given.name, Key: decisionKey(second.id) }),
  );
  const change = recordChangeOf({ after });
  const [event] = change ? deriveEvents(change, { customer: "test", fingerprint: (text) => text }) : [];
  expect(leadUnassigned.schema.parse(event)).toMatchObject({
    sequence: second.version,
    actor: { source: "api" },
    data: { id: second.id, rulesVersion: 1 },
  });
  expect(JSON.stringify(leadUnassigned.schema.parse(event))).not.toContain(only);
  expect(change && deriveAuditEntry(change)).toBeUndefined();
});

test("B3 a decision that was made is not made again, by other rules or after the lead has changed hands", async () => {
  const it = await world();
  const [first = "", second = ""] = it.userIds;
  await it.rules([{ id: "all", target: { kind: "user", userId: first } }], always);
  const lead = await it.addLead();
  await it.assign(lead.id);
  await it.rules([{ id: "all", target: { kind: "user", userId: second } }], always);
  const deps = {
    ...it,
    contacts: { findMatches: async () => [] },
    duplicates: { policies: await noPolicy(), country: "CN" },
  };
  await updateLead({ id: lead.id, patch: { ownerId: null } }, deps);
  expect(await it.assign(lead.id)).toBe("assigned");
  expect(await it.leads.get(lead.id)).toMatchObject({ status: "new", version: 3 });
});

const noPolicy = async () => ({ get: async () => undefined, cached: async () => undefined, save: async () => {} });

test("B3 a lead that is nobody's again is decided about again, once for each time, and by the rules as they are then", async () => {
  const it = await world(3);
  const [first = "", second = "", third = ""] = it.userIds;
  const to = (userId: string) => it.rules([{ id: "all", target: { kind: "user", userId } }], always);
  const stamp = { context: it.context, command: "updateLead" };
  const free = async (id: string) => {
    it.clock.advance(60_000);
    const before = await it.leads.get(id);
    if (!before) throw new Error("it is there");
    const after = revise(before, leadMovedTo("new", it.clock.now().toISOString()), stamp);
    await it.leads.update(before, after);
    await countHeld([{ entity: "lead", id, version: after.version, userId: undefined }], {
      ...it,
      pause: async () => {},
    });
  };
  await to(first);
  const { id } = await it.addLead();
  await it.assign(id);
  await free(id);
  await to(second);
  // What told of the creation comes again, and tells nothing new.
  expect(await it.assign(id)).toBe("assigned");
  expect((await it.leads.get(id))?.ownerId).toBeUndefined();
  expect([await it.assign(id, it.process, "evt_2"), await it.assign(id, it.process, "evt_2")]).toEqual([
    "assigned",
    "assigned",
  ]);
  expect(await it.leads.get(id)).toMatchObject({ ownerId: second, version: 4 });
  expect(await it.process.assignments.decisionOf(id)).toMatchObject({
    cause: "evt_2",
    explanation: { userId: second },
  });
  // Somebody has it now, whatever else comes by.
  expect(await it.assign(id, it.process, "evt_1")).toBe("left");
  await free(id);
  await it.rules([{ id: "all", target: { kind: "pool" } }], always);
  expect(await it.assign(id, it.process, "evt_3")).toBe("unassigned");
  await to(third);
  expect(await it.assign(id, it.process, "evt_1")).toBe("unassigned");
  expect(await it.leads.get(id)).toMatchObject({ status: "new", version: 5 });
  expect((await it.process.assignments.decisionOf(id))?.cause).toBe("evt_3");
  expect((await it.tallies()).get(second)).toMatchObject({ open: 0, counts: { day: { count: 1 } } });
});

test("B5 what was taken out of a pool goes to a person, or to the pool of a rule, and not back by default", async () => {
  const it = await world();
  const own = await it.addPool();
  const common = await it.addPool({ isDefault: true });
  await it.rules([{ id: "all", target: { kind: "pool" } }]);
  const { id } = await it.addLead();
  expect(await it.assign(id)).toBe("pooled");
  const takeOut = async () => {
    it.clock.advance(60_000);
    const before = await it.leads.get(id);
    if (!before) throw new Error("it is there");
    const patch = leadsInPools.takenOut(undefined, it.clock.now().toISOString());
    await it.leads.update(before, revise(before, patch, { context: it.context, command: removalOf(leadsInPools) }));
  };
  await takeOut();
  expect(await it.assign(id, it.process, "evt_2")).toBe("unassigned");
  expect(await it.leads.get(id)).toMatchObject({ status: "new", version: 3 });
  await it.rules([{ id: "all", target: { kind: "pool" }, poolId: own.id }]);
  await takeOut();
  expect(await it.assign(id, it.process, "evt_3")).toBe("pooled");
  expect((await it.leads.get(id))?.pool?.poolId).toBe(own.id);
  await it.rules([{ id: "all", target: { kind: "user", userId: it.userIds[0] } }], always);
  await takeOut();
  expect(await it.assign(id, it.process, "evt_4")).toBe("assigned");
  expect(common.isDefault).toBe(true);
});

test("B5 a lead that nobody can take goes to its rule's pool, to the default one when that is gone, and stays new without any", async () => {
  const it = await world();
  const own = await it.addPool();
  const common = await it.addPool({ isDefault: true });
  const rule = { id: "all", target: { kind: "pool" }, poolId: own.id };
  await expect(it.rules([{ ...rule, poolId: "pool_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D" }])).rejects.toMatchObject({
    code: "unknown_reference",
    errors: [{ pointer: "/body/rules/0/poolId" }],
  });
  await it.rules([rule]);
  const poolOf = async (): Promise<string | undefined> => {
    const lead = await it.addLead();
    const outcome = await it.assign(lead.id, processOf(it.table, it.clock));
    const { pool, status } = (await it.leads.get(lead.id)) ?? {};
    expect(outcome).toBe(pool ? "pooled" : "unassigned");
    expect(status).toBe(pool ? "pooled" : "new");
    return pool?.poolId;
  };
  expect(await poolOf()).toBe(own.id);
  await it.removePool(own);
  expect(await poolOf()).toBe(common.id);
  await it.removePool(common);
  expect(await poolOf()).toBeUndefined();
});
