import type { PoolEntity } from "@shangji/contracts/pools/schemas";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type Fault, faults, faultyClient } from "@shangji/testing/faulty-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RecyclingProcess, type RecyclingWorld, recyclingProcess, recyclingWorld } from "./world.ts";

type World = RecyclingWorld<PoolEntity>;
const entities = ["lead", "account"] as const;

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.stop());

/** Runs something with a fault at one of its calls, counted from 0; answers whether it had not so many. */
async function withFault(
  it: World,
  { fault, at }: { fault: Fault; at: number },
  run: (process: RecyclingProcess) => Promise<unknown>,
): Promise<boolean> {
  let calls = 0;
  const client = faultyClient(it.table.client, () => (calls++ === at ? fault : undefined));
  await run(recyclingProcess({ ...it.table, client }, it.clock)).catch(() => undefined);
  return calls <= at;
}

/** All that a step may change, as it can be seen. */
async function stateOf(it: World, id: string) {
  const { record, countdown, counted } = await it.startOf(id);
  return {
    owner: record?.ownerId,
    pool: record?.pool,
    version: record?.version,
    countdown: [countdown?.state, Object.keys(countdown?.done ?? {})],
    counted: counted?.userId,
    open: await it.openOf(),
    events: it.eventsOf(id),
  };
}

const steps = [
  ["warning", { after: { since: "touch", days: 2 }, warnDays: [1] }, ["recycle_warned"], 3],
  ["way to the pool", { after: { since: "touch", days: 2 } }, ["recycled"], 4],
] as const;

const stepsAndFaults = steps.flatMap((step) =>
  entities.flatMap((entity) => faults.map((fault) => [entity, ...step, fault] as const)),
);

test.each(stepsAndFaults)(
  "B6 %s: a %s is done or not, whatever happens to it, and the next sweep does it once",
  async (entity, name, rule, events, version, fault) => {
    const it: World = await recyclingWorld(await db.createTable(), 1, entity);
    await it.rules([rule]);
    for (let at = 0; ; at++) {
      const { id } = await it.claimed();
      it.pass(name === "warning" ? 1 : 2);
      const before = await stateOf(it, id);
      const isPast = await withFault(it, { fault, at }, (process) => it.sweep(process));
      const between = await stateOf(it, id);
      await it.sweep();
      const after = await stateOf(it, id);
      expect(after.events).toEqual(events);
      expect([before, after]).toContainEqual(between);
      expect(after.version).toBe(version);
      await it.sweep();
      expect(await stateOf(it, id)).toEqual(after);
      if (isPast) return;
      // It is to be due in no later round.
      const left = await it.recordOf(id);
      if (left?.ownerId) await it.change(left, it.end);
      await it.follow(id);
    }
  },
);

const eachFault = entities.flatMap((entity) => faults.map((fault) => [entity, fault] as const));

test.each(eachFault)(
  "B6 %s: a countdown that meets %s at any call is begun or not, and its repetition begins it once",
  async (entity, fault) => {
    const it: World = await recyclingWorld(await db.createTable(), 1, entity);
    await it.rules([{ after: { since: "touch", days: 2 } }]);
    for (let at = 0; ; at++) {
      const record = await it.claim((await it.addPooled()).id);
      const isPast = await withFault(it, { fault, at }, (process) => it.follow(record.id, process));
      const between = await it.countdownOf(record.id);
      const due = { state: "running", version: 1, ownedSince: record.updatedAt };
      if (between) expect(between).toMatchObject(due);
      await it.follow(record.id);
      const after = await it.countdownOf(record.id);
      expect(after).toMatchObject(due);
      if (between) expect(after).toEqual(between);
      if (isPast) return;
    }
  },
);

test.each(eachFault)(
  "B6 %s: planning all anew goes on after %s at any call, and plans each once",
  async (entity, fault) => {
    const it: World = await recyclingWorld(await db.createTable(), 1, entity);
    const records = [await it.claimed(), await it.claimed()];
    let days = 2;
    for (let at = 0; ; at++) {
      await it.rules([{ after: { since: "touch", days: days++ } }]);
      const isPast = await withFault(it, { fault, at }, (process) => it.replan(`evt_${at}`, process));
      await it.replan(`evt_${at}`);
      for (const { id } of records)
        expect(await it.countdownOf(id)).toMatchObject({ state: "running", version: at + 1 });
      if (isPast) return;
    }
  },
);
