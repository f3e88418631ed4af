import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type Fault, faults, faultyClient } from "@shangji/testing/faulty-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Process, processOf, ruleSet, scoringWorld, type World } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

/** Does something with a fault at one of its calls, counted from 0; answers whether it had not so many. */
async function doneWith(
  fault: Fault,
  { it, at, run }: { it: World; at: number; run(given: Process): Promise<unknown> },
): Promise<boolean> {
  let calls = 0;
  const client = faultyClient(it.table.client, () => (calls++ === at ? fault : undefined));
  await run(processOf({ ...it.table, client }, it.clock)).catch(() => undefined);
  return calls <= at;
}

test.each(faults)(
  "B2 an event that meets %s at any call is counted or not, and its repetition counts it once",
  async (fault) => {
    const it = await scoringWorld(await db.createTable());
    await it.rules(ruleSet({ page: 1 }));
    const lead = await it.addLead();
    for (let at = 0; ; at++) {
      const event = it.event({ leadId: lead.id });
      const isPast = await doneWith(fault, { it, at, run: (given) => it.tell(event, given) });
      const events = await it.process.scores.events(lead.id, 1_000);
      expect((await it.shown(lead.id))?.total ?? 0).toBe(events.length);
      await it.tell(event);
      expect(await it.shown(lead.id)).toMatchObject({ total: at + 1 });
      expect(await it.process.scores.events(lead.id, 1_000)).toHaveLength(at + 1);
      if (isPast) return;
    }
  },
);

test.each(faults)(
  "B2 scoring that meets %s at any call has been done or not, and its repetition does it",
  async (fault) => {
    const it = await scoringWorld(await db.createTable());
    await it.rules(ruleSet());
    for (let at = 0; ; at++) {
      const lead = await it.addLead({ region: "East" });
      const isPast = await doneWith(fault, { it, at, run: (given) => it.score(lead.id, given) });
      expect([undefined, 20]).toContainEqual((await it.shown(lead.id))?.total);
      await it.score(lead.id);
      expect(await it.process.scores.of(lead.id)).toMatchObject({ revision: 1 });
      expect(await it.shown(lead.id)).toMatchObject({ total: 20 });
      if (isPast) return;
    }
  },
);

test.each(faults)("B2 scoring all leads that meets %s at any call ends with every lead scored once", async (fault) => {
  const it = await scoringWorld(await db.createTable());
  const made = [await it.addLead({ region: "East" }), await it.addLead({ region: "East" })];
  let revision = 0;
  for (let at = 0; ; at++) {
    const version = await it.rules(ruleSet({ east: 20 + at }));
    const isPast = await doneWith(fault, { it, at, run: (given) => it.recomputeAll(version, given) });
    await it.recomputeAll(version);
    revision += 1;
    for (const { id } of made) {
      expect(await it.shown(id)).toMatchObject({ total: 20 + at, rulesVersion: version });
      expect(await it.process.scores.of(id)).toMatchObject({ revision });
    }
    expect(await it.process.recomputes.get()).toMatchObject({ rulesVersion: version, state: "completed" });
    if (isPast) return;
  }
});
