import { randomBytes } from "node:crypto";
import { insertAll } from "@shangji/aws/dynamo/kit/insert-all";
import { createItem } from "@shangji/aws/dynamo/kit/record-store";
import { leadShape } from "@shangji/aws/dynamo/leads/leads";
import { idSource } from "@shangji/core/kit/ids";
import { newLead } from "@shangji/core/leads/new-lead";
import { startEngine } from "@shangji/testing/dynamodb";
import { recyclingWorld } from "../integration/recycling/world.ts";
import { ruleSet, scoringWorld } from "../integration/scoring/world.ts";
import { round } from "./load.ts";

export interface AllLeadsRow {
  measured: string;
  count: number;
  seconds: number;
  perSecond: number;
}

const people = 20;
const daysLeftAlone = 30;
const daysOfTheOlder = 20;

type World = Awaited<ReturnType<typeof recyclingWorld<"lead">>>;

/**
 * What goes over all leads, of which `due` have been left alone for longer than the others: scoring them by new rules, planning their
 * countdowns by new rules, and sweeps of these, one that recycles the older ones and one that finds nothing due. One after the
 * other in this process, without the waits for what others remember.
 */
export async function measureAllLeads(leads = 100_000, due = Math.ceil(leads / 100)): Promise<AllLeadsRow[]> {
  const engine = await startEngine();
  try {
    const table = await engine.createTable();
    const it = await recyclingWorld(table, people);
    await addLeads(it, due);
    it.pass(daysOfTheOlder);
    await addLeads(it, leads - due);
    const scoring = await scoringWorld(table);
    const version = await scoring.rules(ruleSet());
    const scored = await timed("scored by new rules", () => scoring.recomputeAll(version));
    await it.rules([{ after: { since: "touch", days: daysLeftAlone } }]);
    const planned = await timed("countdowns planned by new rules", () => it.replan("evt_rules"));
    it.pass(daysLeftAlone - daysOfTheOlder + 1);
    const recycledBy = async () => (await it.sweep()).recycled ?? 0;
    const swept = await timed(`sweep of ${leads} countdowns`, recycledBy);
    return [scored, planned, swept, await timed(`sweep of ${leads} countdowns, the rest`, recycledBy)];
  } finally {
    await engine.stop();
  }
}

async function timed(measured: string, work: () => Promise<number>): Promise<AllLeadsRow> {
  const started = performance.now();
  const count = await work();
  const seconds = (performance.now() - started) / 1000;
  return { measured, count, seconds: round(seconds), perSecond: round(count / seconds) };
}

/** Of people in turn, half of them from the East, with ids that end in chance, as real ones do. */
async function addLeads({ table, clock, context, userIds }: World, count: number): Promise<void> {
  const stamp = { context: { ...context, ids: idSource(clock, () => randomBytes(10)) }, command: "bench" };
  const items = Array.from({ length: count }, (_, index) => {
    const ownerId = userIds[index % userIds.length] ?? "";
    const lead = newLead({ name: "陈静", tags: [], region: index % 2 ? "East" : "West", ownerId }, stamp);
    return createItem(table, leadShape, lead).Put?.Item as { pk: string; sk: string }; // a new item is put
  });
  await insertAll(table, items);
}
