import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { queryAll } from "@shangji/aws/dynamo/analytics/query-all";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { entryKeys, listPartition } from "@shangji/aws/dynamo/search/entry-items";
import { indexRecords } from "@shangji/aws/dynamo/search/index-records";
import { readSearchMarkers } from "@shangji/aws/dynamo/search/search-markers";
import { searchTableDefinition } from "@shangji/aws/dynamo/search/search-table";
import type { IndexedState } from "@shangji/core/search/indexed-state";
import { keysOf } from "@shangji/core/search/keys";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { Crash, type Fault, faults, faultyClient } from "@shangji/testing/faulty-client";
import { modelTable } from "@shangji/testing/model-table";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/*
 * The search index under everything that a stream and a failing network may do to it: several workers at once, each with the
 * changes of records of its own and with repeats of others, whose calls arrive in any order and fail in any way.
 *
 * To see what the steps of `index-records.ts` are for, take one out. Without the condition of the marker, when the marker
 * forgets before entries are deleted, or when what turns out to be late is not deleted after the second reading of the
 * marker, the schedules fail within some hundreds, with entries left behind or missing.
 */

const modelSchedules = 1_500;
const engineSchedules = 5;
const names = ["华为技术", "华为", "acme renewal", "ac", "联想 b"];
const allKeys = [...new Set(names.flatMap((name) => keysOf({ name })))];

interface Delivery {
  /** Each comes again until it is worked through. */
  batches: IndexedState[][];
  faults: { afterCalls: number; fault: Fault }[];
}

interface Schedule {
  lives: IndexedState[][];
  deliveries: Delivery[];
}

/** Versions of one record: names and owners come, go and come again; versions that change nothing of this are left out. */
function lifeOf(id: string): fc.Arbitrary<IndexedState[]> {
  const step = fc.record({
    name: fc.option(fc.constantFrom(...names), { freq: 6, nil: null }),
    ownerId: fc.constantFrom("usr_1", "usr_2", undefined),
    skipped: fc.nat(1),
  });
  return fc.array(step, { minLength: 1, maxLength: 5 }).map((steps) => {
    const states: IndexedState[] = [];
    let version = 0;
    for (const { name, ownerId, skipped } of steps) {
      version += 1 + skipped;
      states.push({ kind: "account", id, version, ownerId, document: name === null ? null : { name } });
      if (name === null) break;
    }
    return states;
  });
}

function cut(states: readonly IndexedState[]): fc.Arbitrary<IndexedState[][]> {
  return fc
    .array(fc.integer({ min: 1, max: 4 }), { minLength: states.length, maxLength: states.length })
    .map((sizes) => {
      const batches: IndexedState[][] = [];
      let start = 0;
      for (const size of sizes) {
        if (start < states.length) batches.push(states.slice(start, start + size));
        start += size;
      }
      return batches;
    });
}

const failures = fc.array(fc.record({ afterCalls: fc.nat(5), fault: fc.constantFrom(...faults) }), { maxLength: 3 });

/** A life in order, as a stream delivers it, and more or less of all changes once more before and after. */
function deliveryOf(own: IndexedState[], all: IndexedState[]): fc.Arbitrary<Delivery> {
  const some = fc.shuffledSubarray(all, { maxLength: Math.min(4, all.length) }).chain(cut);
  const repeats = fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some });
  return fc
    .tuple(repeats, cut(own), repeats, failures)
    .map(([before, batches, after, faults]) => ({ batches: [...before, ...batches, ...after], faults }));
}

/** Two workers have the changes of the same record, as when one has been given up for dead and still goes on. */
const schedule: fc.Arbitrary<Schedule> = fc.tuple(lifeOf("acc_1"), lifeOf("acc_2")).chain((lives) =>
  fc.record({
    lives: fc.constant(lives),
    deliveries: fc.tuple(...[...lives, lives[0]].map((own) => deliveryOf(own, lives.flat()))),
  }),
);

/** Works through the deliveries of one worker; after a crash another one goes on. */
async function work({ batches, faults }: Delivery, table: Table): Promise<void> {
  const planned = faults.toReversed();
  let calls = 0;
  const faultOf = () => {
    const next = planned.at(-1);
    if (!next || calls++ < next.afterCalls) return undefined;
    calls = 0;
    return planned.pop()?.fault;
  };
  for (const batch of batches) {
    for (let left = planned.length; ; left--) {
      try {
        const client = faultyClient(table.client, faultOf);
        await indexRecords(batch, { table: { ...table, client }, pause: async () => undefined });
        break;
      } catch (error) {
        // Once nothing is planned to go wrong any more, nothing may.
        if (left <= 0) throw error;
      }
    }
  }
}

/** Every entry that there is, beside those that there should be. */
async function outcomeOf({ lives }: Schedule, table: Table) {
  const items = await Promise.all(
    allKeys.map((key) => queryAll(table, { pk: listPartition("account", key), consistent: true })),
  );
  const ids = lives.flatMap(([first]) => first?.id ?? []);
  const markers = await readSearchMarkers(ids, { table, pause: async () => undefined });
  const latest = lives.flatMap((life) => life.at(-1) ?? []);
  const name = ({ pk, sk }: Record<string, unknown>, owner: unknown) => `${pk} ${sk} ${owner ?? "-"}`;
  return {
    entries: items
      .flat()
      .map((item) => name(item, item.ownerId))
      .sort(),
    expected: latest.flatMap((state) => entryKeys(state).map((key) => name({ ...key }, state.ownerId))).sort(),
    named: ids.map((id) => markers.get(id)?.states.map(({ version }) => version)),
    versions: latest.map(({ version }) => [version]),
  };
}

async function expectIndexed(schedule: Schedule, table: Table): Promise<void> {
  const { entries, expected, named, versions } = await outcomeOf(schedule, table);
  expect(entries).toEqual(expected);
  // What a marker still names would be cleared up with the next change; nothing is left to.
  expect(named).toEqual(versions);
}

describe("the search index in chaos", () => {
  it(`holds what a recompute gives, no more and no less, in each of ${modelSchedules} schedules of calls`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), schedule, async (scheduler, world) => {
        let working = true;
        const table = modelTable(async () => working && scheduler.schedule(Promise.resolve()));
        await scheduler.waitFor(Promise.all(world.deliveries.map((delivery) => work(delivery, table))));
        working = false;
        await expectIndexed(world, table);
      }),
      { numRuns: modelSchedules },
    );
  });

  // Chance brings this about too seldom: everything that another worker does falls between two calls of one that then ends.
  describe("of a worker that was overtaken and ended as soon as its entries were put", () => {
    const first: IndexedState = { kind: "account", id: "acc_1", version: 1, document: { name: "acme renewal" } };
    const second: IndexedState = { ...first, version: 2, document: { name: "华为" } };
    const alone = { lives: [[first, second]], deliveries: [] };

    it.each([
      ["with what it had", [first]],
      ["with what came since", [first, second]],
    ])("leaves nothing behind once it is called again %s", async (_name, again) => {
      const table = modelTable(async () => undefined);
      const pause = async () => undefined;
      const send = async (command: object) => {
        if (!(command instanceof BatchWriteCommand)) return table.client.send(command as never);
        await indexRecords([second], { table, pause });
        await table.client.send(command);
        throw new Crash();
      };
      const overtaken = { ...table, client: { send } as unknown as Table["client"] };
      await expect(indexRecords([first], { table: overtaken, pause })).rejects.toThrow(Crash);
      await expect(expectIndexed(alone, table)).rejects.toThrow();
      await indexRecords(again, { table, pause });
      await expectIndexed(alone, table);
    });
  });

  describe("on the engine", () => {
    let engine: DynamoDb;
    beforeAll(async () => {
      engine = await startDynamoDb();
    });
    afterAll(() => engine.stop());

    it(`holds what a recompute gives in each of ${engineSchedules} schedules`, async () => {
      await fc.assert(
        fc.asyncProperty(schedule, async (world) => {
          const table = await engine.createTable({ definition: searchTableDefinition });
          await Promise.all(world.deliveries.map((delivery) => work(delivery, table)));
          await expectIndexed(world, table);
        }),
        { numRuns: engineSchedules },
      );
    });
  });
});
