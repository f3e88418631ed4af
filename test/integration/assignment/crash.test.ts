import { countHeld } from "@shangji/aws/dynamo/assignment/count-held";
import type { Turn } from "@shangji/core/assignment/world";
import { revise } from "@shangji/core/kit/revise";
import { leadMovedTo } from "@shangji/core/leads/move-lead";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type Fault, faults, faultyClient } from "@shangji/testing/faulty-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assignmentWorld, processOf, type World } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

/** What can be seen of a lead and of all that changes with it: it was given, or nothing has happened. */
async function stateOf({ leads, process, tallies }: World, leadId: string) {
  const lead = await leads.get(leadId);
  const { decision, counted } = await process.assignments.start(leadId);
  const all = [...(await tallies()).values()];
  const open = all.reduce((sum, tally) => sum + Number(tally.open), 0);
  const turn = all.reduce((sum, { turns = {} }) => sum + ((turns as Record<string, Turn>).all?.round ?? 0), 0);
  return {
    owner: lead?.ownerId,
    version: lead?.version,
    decided: decision?.explanation.userId,
    counted: counted?.userId,
    open,
    turn,
  };
}

/** Assigns a lead with a fault at one of its calls, counted from 0; answers whether it had not so many. */
async function assignedWith(
  fault: Fault,
  { it, at, leadId, cause }: { it: World; at: number; leadId: string; cause?: string },
): Promise<boolean> {
  let calls = 0;
  const client = faultyClient(it.table.client, () => (calls++ === at ? fault : undefined));
  const through = { ...processOf({ ...it.table, client }, it.clock), pause: async () => {} };
  await it.assign(leadId, through, cause).catch(() => undefined);
  return calls <= at;
}

test.each(faults)(
  "B3 an assignment that meets %s at any call is made or not, and its repetition finishes it",
  async (fault) => {
    const it = await assignmentWorld(await db.createTable(), 3);
    await it.rules([{ id: "all", target: { kind: "round_robin", among: { userIds: it.userIds } } }], {
      workingHours: false,
    });
    let given = 0;
    for (let at = 0; ; at++) {
      const lead = await it.addLead();
      const isPast = await assignedWith(fault, { it, at, leadId: lead.id });
      const before = { owner: undefined, version: 1, decided: undefined, counted: undefined, open: given, turn: given };
      const owner = it.userIds[given % 3];
      const after = { owner, version: 2, decided: owner, counted: owner, open: given + 1, turn: given + 1 };
      const state = await stateOf(it, lead.id);
      expect([before, after]).toContainEqual(state);
      expect(await it.assign(lead.id)).toBe("assigned");
      given++;
      expect(await stateOf(it, lead.id)).toEqual(after);
      if (isPast) return;
    }
  },
);

test.each(faults)(
  "B3 a lead that is nobody's again and meets %s at any call is given once more, and once",
  async (fault) => {
    const it = await assignmentWorld(await db.createTable(), 2);
    await it.rules([{ id: "all", target: { kind: "round_robin", among: { userIds: it.userIds } } }], {
      workingHours: false,
    });
    for (let at = 0; ; at++) {
      const { id } = await it.addLead();
      await it.assign(id);
      it.clock.advance(60_000);
      const before = await it.leads.get(id);
      if (!before) throw new Error("it is there");
      const patch = leadMovedTo("new", it.clock.now().toISOString());
      await it.leads.update(before, revise(before, patch, { context: it.context, command: "test" }));
      await countHeld([{ entity: "lead", id, version: 3, userId: undefined }], { ...it, pause: async () => {} });
      const isPast = await assignedWith(fault, { it, at, leadId: id, cause: "evt_2" });
      const { open, turn } = await stateOf(it, id);
      expect(open).toBe(turn - at - 1);
      expect(await it.assign(id, it.process, "evt_2")).toBe("assigned");
      expect(await stateOf(it, id)).toMatchObject({ version: 4, open: at + 1, turn: 2 * (at + 1) });
      expect((await it.process.assignments.decisionOf(id))?.cause).toBe("evt_2");
      if (isPast) return;
    }
  },
);

test.each(faults)("B3 a decision for nobody that meets %s at any call is kept once", async (fault) => {
  const it = await assignmentWorld(await db.createTable(), 0);
  await it.rules([{ id: "all", target: { kind: "pool" } }]);
  for (let at = 0; ; at++) {
    const lead = await it.addLead();
    const isPast = await assignedWith(fault, { it, at, leadId: lead.id });
    expect(await it.assign(lead.id)).toBe("unassigned");
    expect(await stateOf(it, lead.id)).toMatchObject({ owner: undefined, version: 1, open: 0, turn: 0 });
    expect((await it.process.assignments.decisionOf(lead.id))?.explanation.outcome).toBe("pool_rule");
    if (isPast) return;
  }
});

test.each(faults)(
  "B5 a lead that nobody can take and that meets %s at any call is in the pool or not, and then is",
  async (fault) => {
    const it = await assignmentWorld(await db.createTable(), 0);
    const pool = await it.addPool({ isDefault: true });
    await it.rules([{ id: "all", target: { kind: "pool" } }]);
    for (let at = 0; ; at++) {
      const lead = await it.addLead();
      const isPast = await assignedWith(fault, { it, at, leadId: lead.id });
      const { decision } = await it.process.assignments.start(lead.id);
      const { status } = (await it.process.assignments.start(lead.id)).lead ?? {};
      expect([
        [undefined, "new"],
        [pool.id, "pooled"],
      ]).toContainEqual([decision?.poolId, status]);
      expect(await it.assign(lead.id)).toBe("pooled");
      expect(await it.leads.get(lead.id)).toMatchObject({ status: "pooled", version: 2, pool: { poolId: pool.id } });
      if (isPast) return;
    }
  },
);
