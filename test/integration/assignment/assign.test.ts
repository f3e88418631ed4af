import { revise } from "@shangji/core/kit/revise";
import { updateLead } from "@shangji/core/leads/update-lead";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assignmentWorld, atOnce, processOf } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const world = async (people = 2) => assignmentWorld(await db.createTable(), people);
const always = { workingHours: false };

/** So many leads at once in processes of their own, a twentieth of them told of twice. */
async function flood(people: number, count: number, guards: object) {
  const it = await world(people);
  await it.rules([{ id: "all", target: { kind: "round_robin", among: { userIds: it.userIds } } }], guards);
  const leads: string[] = [];
  const numbers = Array.from({ length: count }, (_, index) => index);
  await atOnce(numbers, 16, async () => {
    leads.push((await it.addLead()).id);
  });
  const events = leads.flatMap((id, index) => (index % 20 === 7 ? [id, id] : [id]));
  const processes = Array.from({ length: 32 }, () => processOf(it.table, it.clock));
  const outcomes = new Map<string, string[]>(leads.map((id) => [id, []]));
  let next = 0;
  await atOnce(events, 32, async (id) => {
    const outcome = await it.assign(id, processes[next++ % 32]);
    outcomes.get(id)?.push(outcome);
  });
  const stored = await it.leads.getMany(leads);
  return { ...it, outcomes, stored: leads.map((id) => stored.get(id)) };
}

test("B3 of 120 leads, 32 at once and some twice, each is given once, and turns differ by one at most", async () => {
  const { stored, outcomes, userIds, tallies, process } = await flood(20, 120, always);
  const owned = new Map<string, number>();
  for (const lead of stored) {
    expect([lead?.status, lead?.version, lead?.change.command]).toEqual(["assigned", 2, "assignLead"]);
    const ownerId = lead?.ownerId ?? "";
    owned.set(ownerId, (owned.get(ownerId) ?? 0) + 1);
    expect((await process.assignments.decisionOf(lead?.id ?? ""))?.explanation.userId).toBe(ownerId);
  }
  for (const each of outcomes.values()) {
    expect(each).toContain("assigned");
    // Whoever reads while another one writes may see the owner and not yet the decision.
    expect(["assigned", "left"]).toEqual(expect.arrayContaining(each));
  }
  expect([...owned.keys()].sort()).toEqual([...userIds].sort());
  expect(new Set(owned.values())).toEqual(new Set([6]));
  for (const tally of (await tallies()).values()) {
    expect(tally).toMatchObject({
      open: 6,
      counts: { day: { count: 6 }, week: { count: 6 }, month: { count: 6 } },
    });
  }
}, 600_000);

test("B3 nobody gets more than a cap allows, whatever runs at once, and the rest is nobody's with its reasons", async () => {
  const { stored, tallies, process } = await flood(5, 60, { ...always, maxPerDay: 8, maxOpen: 9 });
  const given = stored.filter((lead) => lead?.ownerId !== undefined);
  expect(given).toHaveLength(40);
  for (const tally of (await tallies()).values())
    expect(tally).toMatchObject({ open: 8, counts: { day: { count: 8 } } });
  for (const lead of stored) {
    if (lead?.ownerId !== undefined) continue;
    expect([lead?.status, lead?.version]).toEqual(["new", 1]);
    const decision = await process.assignments.decisionOf(lead?.id ?? "");
    expect(decision?.explanation).toMatchObject({ outcome: "no_candidate" });
    expect(decision?.explanation.candidates[0]?.refusals).toEqual([
      { why: "period_cap", period: "day", count: 8, max: 8 },
    ]);
  }
});

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
