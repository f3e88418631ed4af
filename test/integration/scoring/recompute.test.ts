import { getScoringProgress, giveUpRecompute } from "@shangji/core/scoring/recompute";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { processOf, ruleSet, scoringWorld } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

const world = async () => scoringWorld(await db.createTable());

describe("B2 scoring all leads anew", () => {
  test("begins once everybody knows the rules, goes through all, tells how far it came, and remembers how many there were", async () => {
    const it = await world();
    const made = [];
    for (let count = 0; count < 90; count++) made.push(await it.addLead({ region: count % 2 ? "East" : "West" }));
    const version = await it.rules(ruleSet(), 0);
    expect(await getScoringProgress(it.process)).toMatchObject({ rulesVersion: 1, state: "waiting", done: 0 });
    expect(await it.recompute(version)).toEqual({ done: false, records: 0, waitSeconds: 31 });
    it.clock.advance(31_000);
    expect(await it.recompute(version)).toEqual({ done: false, records: 40 });
    expect(await getScoringProgress(it.process)).toMatchObject({ state: "running", done: 40 });
    expect(await it.recomputeAll(version)).toBe(50);
    expect(await getScoringProgress(it.process)).toMatchObject({ state: "completed", done: 90 });
    for (const [index, { id }] of made.entries())
      expect(await it.shown(id)).toMatchObject({ total: index % 2 ? 20 : 0, rulesVersion: 1 });
    await it.rules(ruleSet({ east: 5 }), 0);
    expect(await getScoringProgress(it.process)).toMatchObject({ rulesVersion: 2, state: "waiting", estimate: 90 });
    it.clock.advance(31_000);
    await giveUpRecompute({ version: 2 }, it.process);
    expect(await getScoringProgress(it.process)).toMatchObject({ rulesVersion: 2, state: "failed", estimate: 90 });
    expect(await it.recomputeAll(2)).toBe(90);
    expect(await getScoringProgress(it.process)).toMatchObject({ state: "completed", done: 90 });
  });

  test("ends where a newer edit begins, which counts events by its own points", async () => {
    const it = await world();
    await it.rules(ruleSet({ page: 8 }));
    const leads = [];
    for (let count = 0; count < 60; count++) leads.push(await it.addLead({ region: "East" }));
    const [first] = leads;
    if (first) await it.tell(it.event({ leadId: first.id }));
    const older = await it.rules(ruleSet({ page: 10 }));
    expect(await it.recompute(older)).toMatchObject({ done: false, records: 40 });
    const newer = await it.rules(ruleSet({ east: 1, page: 30 }));
    expect(await it.recompute(older)).toEqual({ done: true, records: 0 });
    expect(await it.recomputeAll(newer)).toBe(60);
    expect(await it.recompute(older)).toEqual({ done: true, records: 0 });
    for (const { id } of leads)
      expect(await it.shown(id)).toMatchObject({ total: id === first?.id ? 31 : 1, rulesVersion: newer });
  });

  test("loses no event that comes beside it, and counts none twice", async () => {
    const it = await world();
    await it.rules(ruleSet({ page: 1 }));
    const leads = [];
    for (let count = 0; count < 12; count++) leads.push(await it.addLead());
    const busy = async (run: () => Promise<unknown>) => {
      for (;;) {
        try {
          return await run();
        } catch (error) {
          const { code, name } = error as { code?: string; name?: string };
          if (code !== "unavailable" && name !== "ScoringBusy") throw error;
        }
      }
    };
    const tellAll = (id: string) =>
      Promise.all([1, 2, 3].map(() => busy(() => it.tell(it.event({ leadId: id }), processOf(it.table, it.clock)))));
    for (const { id } of leads) await tellAll(id);
    const version = await it.rules(ruleSet({ page: 2 }));
    const workers = [1, 2].map(() => busy(() => it.recomputeAll(version, processOf(it.table, it.clock))));
    await Promise.all([...workers, ...leads.map(({ id }) => tellAll(id))]);
    for (const { id } of leads) expect(await it.shown(id)).toMatchObject({ total: 12, rulesVersion: version });
  });
});
