import { applyAbandonedJournals } from "@shangji/aws/dynamo/analytics/apply-journal";
import { beginEpoch, switchEpoch } from "@shangji/aws/dynamo/analytics/epochs";
import { listHeads } from "@shangji/aws/dynamo/analytics/journal";
import { OpenJournals } from "@shangji/aws/dynamo/analytics/open-journals";
import { projectBatch } from "@shangji/aws/dynamo/analytics/projector";
import type { ProjectorDeps } from "@shangji/aws/dynamo/analytics/projector-deps";
import { storedCells } from "@shangji/aws/dynamo/analytics/stored-cells";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { addFold, type Fold } from "@shangji/core/analytics/cells";
import { differences } from "@shangji/core/analytics/compare-folds";
import { contributions } from "@shangji/core/analytics/contributions";
import { factsOf, type OpportunityFactsSource } from "@shangji/core/analytics/facts";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type Fault, faults, faultyClient } from "@shangji/testing/faulty-client";
import { modelTable } from "@shangji/testing/model-table";
import { lifeOf, testPipelineId, testStages } from "@shangji/testing/opportunity-images";
import { testClock } from "@shangji/testing/world";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/*
 * The projector under everything that a stream and a failing network may do to it. Every schedule has eight workers at
 * once, each with the records of a shard of its own and with repeats of other shards. Most schedules run on a model of
 * the table, where chance also decides in which order the workers' calls arrive and are answered, so that a failure
 * comes again with its seed; some run on the engine, in whatever order it takes them.
 *
 * To see what the markers are for, take the condition out of `putMarker` (packages/aws/src/dynamo/analytics/markers.ts).
 * The first schedule fails then, with differences such as
 *   { cube: "kpi", dimension: "team", period: "all", group: "-", counter: "open", expected: 8, actual: 9 }
 * as two workers that get the same version at once both read that it is not counted yet, and both count it. Without a
 * journal's conditions (journal.ts) it fails as surely: in the first schedule when a chunk may be applied twice, within
 * some dozens when a journal may be sealed twice or take parts after that, within some hundreds when it may be sealed
 * other than it was read.
 */

const shards = 8;
const modelSchedules = 500;
const engineSchedules = 5;

interface Delivery {
  /** Batches in the order in which the worker gets them; each comes again until it is worked through. */
  batches: OpportunityFactsSource[][];
  /** After which batches more is said to come, so that journals stay open; a batch beyond the list is the last. */
  more: boolean[];
  /** After which failures the process ends, and takes what it knows with it. */
  ends: boolean[];
  /** What goes wrong, each after a number of calls that go well. */
  faults: { afterCalls: number; fault: Fault }[];
}

interface Schedule {
  lives: OpportunityFactsSource[][];
  deliveries: Delivery[];
  /** Small transactions make journals of small worlds. */
  transactionItems: number;
}

const failures = fc.array(fc.record({ afterCalls: fc.nat(9), fault: fc.constantFrom(...faults) }), { maxLength: 3 });

/** The images of a shard as its stream holds them, cut into batches. */
function cut(images: OpportunityFactsSource[]): fc.Arbitrary<OpportunityFactsSource[][]> {
  return fc
    .array(fc.integer({ min: 1, max: 6 }), { minLength: images.length, maxLength: images.length })
    .map((sizes) => {
      const batches: OpportunityFactsSource[][] = [];
      let start = 0;
      for (const size of sizes) {
        if (start < images.length) batches.push(images.slice(start, start + size));
        start += size;
      }
      return batches;
    });
}

/** Repeats before and after the shard's own records, shuffled and cut otherwise, of this and of other shards. */
function deliveryOf(own: OpportunityFactsSource[], all: OpportunityFactsSource[]): fc.Arbitrary<Delivery> {
  const repeats = fc.shuffledSubarray(all, { maxLength: Math.min(6, all.length) }).chain(cut);
  const flags = fc.array(fc.boolean(), { maxLength: 8 });
  return fc
    .tuple(repeats, cut(own), repeats, fc.record({ faults: failures, more: flags, ends: flags }))
    .map(([before, batches, after, rest]) => ({ ...rest, batches: [...before, ...batches, ...after] }));
}

/** Eight opportunities of up to `steps` changes each. */
function schedule(steps: number): fc.Arbitrary<Schedule> {
  return fc.tuple(...Array.from({ length: shards }, (_, index) => lifeOf(`opp_${index}`, steps))).chain((lives) =>
    fc.record({
      lives: fc.constant(lives),
      deliveries: fc.tuple(...lives.map((own) => deliveryOf(own, lives.flat()))),
      transactionItems: fc.constantFrom(4, 10, 30, 100),
    }),
  );
}

/** Works through the deliveries of one shard; a process that ends is followed by a new one. */
async function work(delivery: Delivery, table: Table, deps: Omit<ProjectorDeps, "table">): Promise<void> {
  const { batches, more, faults } = delivery;
  const planned = faults.toReversed();
  const ends = delivery.ends.toReversed();
  let open = new OpenJournals();
  let calls = 0;
  const faultOf = () => {
    const next = planned.at(-1);
    if (!next || calls++ < next.afterCalls) return undefined;
    calls = 0;
    return planned.pop()?.fault;
  };
  for (const [index, batch] of [...batches, []].entries()) {
    for (let left = planned.length; ; left--) {
      try {
        const client = faultyClient(table.client, faultOf);
        const place = { more: index < batches.length && (more[index] ?? false) };
        await projectBatch(batch, { ...deps, open, table: { ...table, client } }, place);
        break;
      } catch (error) {
        // Once nothing is planned to go wrong any more, nothing may.
        if (left <= 0) throw error;
        if (ends.pop()) open = new OpenJournals();
      }
    }
  }
}

function recompute(lives: readonly OpportunityFactsSource[][]): Fold {
  const fold: Fold = new Map();
  for (const life of lives) {
    const last = life.at(-1);
    const facts = last && factsOf(last);
    if (facts) addFold(fold, contributions(facts, testStages));
  }
  return fold;
}

/** Runs a schedule and answers what is stored then, beside what should be. */
async function outcomeOf({ deliveries, lives, transactionItems }: Schedule, run: Run) {
  let ids = 0;
  let draws = 0;
  const deps = {
    clock: testClock(),
    pipelineStages: async () => testStages,
    newId: () => `journal-${++ids}`,
    random: () => (++draws * 0.37) % 1,
    pause: async () => undefined,
    transactionItems,
  };
  await run.untilDone(Promise.all(deliveries.map((delivery) => work(delivery, run.table, deps))));
  // What processes that ended have left open is for the sweep.
  const olderThan = new Date(deps.clock.now().getTime() + 1);
  await applyAbandonedJournals(run.epoch, { olderThan }, { ...deps, table: run.table });
  const stored = await storedCells(run.table, run.epoch, [testPipelineId]);
  return { differences: differences(recompute(lives), stored), journals: await listHeads(run.table, run.epoch) };
}

interface Run {
  table: Table;
  epoch: string;
  untilDone(work: Promise<unknown>): Promise<unknown>;
}

const asRecomputed = { differences: [], journals: [] };

describe("the projector in chaos", () => {
  it(`gives the aggregates that a recompute gives, in each of ${modelSchedules} schedules of calls`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), schedule(4), async (scheduler, world) => {
        let working = true;
        const run: Run = {
          table: modelTable(async () => working && scheduler.schedule(Promise.resolve())),
          epoch: "1",
          async untilDone(work) {
            await scheduler.waitFor(work);
            working = false;
          },
        };
        expect(await outcomeOf(world, run)).toEqual(asRecomputed);
      }),
      { numRuns: modelSchedules },
    );
  });

  describe("on the engine", () => {
    let engine: DynamoDb;
    let table: Table;
    beforeAll(async () => {
      engine = await startDynamoDb();
      table = await engine.createTable({ indexes: false });
    });
    afterAll(() => engine.stop());

    it(`gives the aggregates that a recompute gives, in each of ${engineSchedules} schedules`, async () => {
      let epochs = 0;
      await fc.assert(
        fc.asyncProperty(schedule(3), async (world) => {
          // An epoch for each schedule keeps their cells and markers apart in one table.
          const epoch = `schedule-${++epochs}`;
          await beginEpoch(table, epoch);
          await switchEpoch(table, epoch);
          expect(await outcomeOf(world, { table, epoch, untilDone: (work) => work })).toEqual(asRecomputed);
        }),
        { numRuns: engineSchedules },
      );
    });
  });
});
