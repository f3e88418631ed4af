import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type Fault, faults, faultyClient } from "@shangji/testing/faulty-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { friday, type ResponseProcess, type ResponseWorld, responseProcess, responseWorld, short } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

/** Runs something with a fault at one of its calls, counted from 0; answers whether it had not so many. */
async function withFault(
  it: ResponseWorld,
  { fault, at }: { fault: Fault; at: number },
  run: (process: ResponseProcess) => Promise<unknown>,
): Promise<boolean> {
  let calls = 0;
  const client = faultyClient(it.table.client, () => (calls++ === at ? fault : undefined));
  await run(responseProcess({ ...it.table, client }, it.clock)).catch(() => undefined);
  return calls <= at;
}

/** All that a step may change, as it can be seen. */
async function stateOf(it: ResponseWorld, leadId: string) {
  const { lead, clock, counted } = await it.process.clocks.start(leadId);
  const tallies = await it.tallies();
  return {
    owner: lead?.ownerId,
    status: lead?.status,
    version: lead?.version,
    clock: [clock?.state, clock?.ownerId, clock?.leadVersion, Object.keys(clock?.done ?? {})],
    counted: counted?.userId,
    open: it.userIds.map((id) => Number(tallies.get(id)?.open ?? 0)),
    events: short(it.eventsOf(leadId)),
  };
}

/** A lead whose time is over, by a policy that then asks for the given step. */
const steps = [
  ["reminder", { respondWithinMinutes: 60, remindBeforeMinutes: [55] }, ["reminded"]],
  ["reassignment", { respondWithinMinutes: 5, reassignments: 1 }, ["breached", "reassigned"]],
  ["word to the manager", { respondWithinMinutes: 5 }, ["breached", "escalated"]],
  ["way to the pool", { respondWithinMinutes: 5, poolAfterMinutes: 0 }, ["breached", "escalated", "pooled"]],
] as const;

test.each(steps.flatMap((step) => faults.map((fault) => [...step, fault] as const)))(
  "B4 a %s is done or not, whatever happens to it, and the next sweep does it once",
  async (name, policy, events, fault) => {
    const it = await responseWorld(await db.createTable(), 2);
    await it.addPool({ isDefault: true });
    const among = { userIds: it.userIds };
    await it.rules([{ id: "all", target: { kind: "round_robin", among } }], { workingHours: false });
    await it.policies([{ id: "all", ...policy }]);
    it.until(friday);
    for (let at = 0; ; at++) {
      const { id } = await it.addLead();
      await it.assign(id);
      const lead = await it.leadOf(id);
      if (!lead) throw new Error("it was assigned");
      await it.given(lead);
      it.until((await it.clockOf(id))?.next?.dueAt ?? "");
      // What comes before the step that is tried.
      if (name === "way to the pool") await it.sweep();
      const before = await stateOf(it, id);
      const isPast = await withFault(it, { fault, at }, (process) => it.sweep(process));
      const between = await stateOf(it, id);
      await it.sweep();
      const after = await stateOf(it, id);
      expect(after.events).toEqual(events);
      expect([before, after]).toContainEqual(between);
      expect(after.version).toBe(["reassignment", "way to the pool"].includes(name) ? 3 : 2);
      await it.sweep();
      expect(await stateOf(it, id)).toEqual(after);
      if (isPast) return;
      // It is to be due in no later round.
      const left = await it.leadOf(id);
      if (left?.status === "assigned") await it.change(left, { status: "working", statusChangedAt: friday });
      await it.moved(id);
    }
  },
);

test.each(faults)(
  "B4 a clock that meets %s at any call is started or not, and its repetition starts it once",
  async (fault) => {
    const it = await responseWorld(await db.createTable(), 1);
    await it.policies([{ id: "all", respondWithinMinutes: 60 }]);
    it.until(friday);
    for (let at = 0; ; at++) {
      const lead = await it.addLead({ ownerId: it.userIds[0] ?? "" });
      const isPast = await withFault(it, { fault, at }, (process) => it.given(lead, process));
      const between = await it.clockOf(lead.id);
      if (between) expect(between).toMatchObject({ state: "running", version: 1 });
      await it.given(lead);
      const after = await it.clockOf(lead.id);
      expect(after).toMatchObject({ state: "running", version: 1, respondBy: "2026-11-09T01:30:00.000Z" });
      if (between) expect(after).toEqual(between);
      if (isPast) return;
    }
  },
);
