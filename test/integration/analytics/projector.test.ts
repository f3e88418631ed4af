import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { applyAbandonedJournals } from "@shangji/aws/dynamo/analytics/apply-journal";
import { checkAggregates } from "@shangji/aws/dynamo/analytics/check";
import { listHeads } from "@shangji/aws/dynamo/analytics/journal";
import { OpenJournals } from "@shangji/aws/dynamo/analytics/open-journals";
import { projectBatch } from "@shangji/aws/dynamo/analytics/projector";
import type { ProjectorDeps } from "@shangji/aws/dynamo/analytics/projector-deps";
import { queryAll } from "@shangji/aws/dynamo/analytics/query-all";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import type { OpportunityFactsSource } from "@shangji/core/analytics/facts";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { type Fault, faultyClient } from "@shangji/testing/faulty-client";
import { imagesOf, opportunityImage, testPipelineId, testStages } from "@shangji/testing/opportunity-images";
import { testClock } from "@shangji/testing/world";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let engine: DynamoDb;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

interface World {
  table: Table;
  /** Dependencies whose calls go wrong as listed, by the number of the call. */
  deps(faults?: Record<number, Fault>, changes?: Partial<ProjectorDeps>): ProjectorDeps;
}

async function newWorld(): Promise<World> {
  const table = await engine.createTable({ indexes: false });
  let ids = 0;
  return {
    table,
    deps(faults = {}, changes = {}) {
      let calls = 0;
      return {
        table: { ...table, client: faultyClient(table.client, () => faults[++calls]) },
        clock: testClock(),
        pipelineStages: async (_, version) => (version === 1 ? testStages : undefined),
        newId: () => `journal-${++ids}`,
        random: () => 0.5,
        pause: async () => undefined,
        ...changes,
      };
    },
  };
}

async function* streamed<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** The check of the aggregates against the given images. */
function check(world: World, images: readonly OpportunityFactsSource[]) {
  return checkAggregates(streamed(images), [testPipelineId], world.deps());
}

async function assertExact(world: World, images: readonly OpportunityFactsSource[]): Promise<void> {
  expect(await check(world, images)).toMatchObject({ records: images.length, differences: [] });
  expect(await listHeads(world.table, "1")).toEqual([]);
}

const many = (count: number) => Array.from({ length: count }, (_, index) => opportunityImage({ id: `opp_${index}` }));
const life = imagesOf(opportunityImage(), [
  { do: "move", to: 1, afterDays: 3 },
  { do: "set", fields: { ownerId: "usr_2", baseAmountMinor: 5_000 } },
  { do: "move", to: 3, afterDays: 20 },
  { do: "delete" },
]);

describe("the projector", () => {
  it("counts each version of a record once, whatever comes again or late", async () => {
    const world = await newWorld();
    for (const [index, image] of life.entries()) {
      await projectBatch([image], world.deps());
      await projectBatch(life.slice(0, index + 1), world.deps());
      await assertExact(world, [image]);
    }
  });

  it("counts the latest version of a batch, and an older one not any more", async () => {
    const world = await newWorld();
    await projectBatch(life.slice(0, 4).toReversed(), world.deps());
    await projectBatch(life.slice(0, 2), world.deps());
    await assertExact(world, life.slice(3, 4));
  });

  it("counts the others of a batch when an image cannot be read, and names it", async () => {
    const world = await newWorld();
    const [first, second, third, fourth] = many(4);
    if (!first || !second || !third || !fourth) throw new Error("four images");
    const broken = [
      { ...second, openedOn: "soon" },
      { ...third, pipelineVersion: 2 },
      { ...fourth, stageId: "stg_elsewhere0" },
    ];
    const { failures } = await projectBatch([first, ...broken], world.deps());
    expect(failures.map(({ id }) => id).sort()).toEqual(["opp_1", "opp_2", "opp_3"]);
    await assertExact(world, [first]);
    expect((await projectBatch([second], world.deps())).failures).toEqual([]);
    await assertExact(world, [first, second]);
  });

  it("counts a batch that is too large for one transaction", async () => {
    const world = await newWorld();
    const images = many(120);
    const broken = { ...opportunityImage({ id: "broken" }), pipelineVersion: 2 };
    const { failures } = await projectBatch([...images, broken], world.deps());
    expect(failures).toMatchObject([{ id: "broken" }]);
    await assertExact(world, images);
  });

  it("counts a record that alone is too large for one transaction", async () => {
    const world = await newWorld();
    const productIds = Array.from({ length: 20 }, (_, index) => `prd_${index}`);
    const images = imagesOf(opportunityImage({ productIds }), [
      { do: "move", to: 1, afterDays: 300 },
      { do: "move", to: 3, afterDays: 30 },
    ]);
    await projectBatch(images, world.deps());
    await assertExact(world, images.slice(-1));
  });

  it("puts what is contended into another shard, and what it counts there is seen", async () => {
    const world = await newWorld();
    // Calls: the epochs, the markers, the transaction.
    await projectBatch([opportunityImage()], world.deps({ 3: "conflict" }));
    const cells = await queryAll(world.table, { pk: "agg#1#kpi#team" });
    expect(cells.map(({ sk }) => sk)).toEqual(["a#c#team_1#4"]);
    await assertExact(world, [opportunityImage()]);
  });

  it("puts what no longer fits into an item into another shard", async () => {
    const world = await newWorld();
    const full = { pk: "agg#1#kpi#team", sk: "a#c#team_1#0", filling: "x".repeat(409_556) };
    await world.table.client.send(new PutCommand({ TableName: world.table.name, Item: full }));
    await projectBatch([opportunityImage()], world.deps());
    const cells = await queryAll(world.table, { pk: "agg#1#kpi#team" });
    expect(cells.map(({ sk }) => sk)).toEqual(["a#c#team_1#0", "a#c#team_1#36"]);
    await assertExact(world, [opportunityImage()]);
  });

  it("gives up after many refusals, so that the stream repeats the batch", async () => {
    const world = await newWorld();
    const deps = world.deps();
    const client = faultyClient(world.table.client, () => "throttle");
    await expect(projectBatch([opportunityImage()], { ...deps, table: { ...world.table, client } })).rejects.toThrow(
      "slow down",
    );
  });
});

describe("a journal that its writer left behind", () => {
  /** Stops the projector once the first part of its journal is written: after the epochs and two reads of markers. */
  async function leftBehind(): Promise<{ world: World; images: OpportunityFactsSource[] }> {
    const world = await newWorld();
    const images = many(120);
    await expect(projectBatch(images, world.deps({ 4: "crash-after" }))).rejects.toThrow();
    expect(await listHeads(world.table, "1")).toMatchObject([{ parts: 1 }]);
    return { world, images };
  }

  it("is applied when one of its records comes again", async () => {
    const { world, images } = await leftBehind();
    await projectBatch(images.slice(0, 1), world.deps());
    expect(await listHeads(world.table, "1")).toEqual([]);
    await projectBatch(images, world.deps());
    await assertExact(world, images);
  });

  it("is applied before a newer version of one of its records overwrites what leads to it", async () => {
    const { world, images } = await leftBehind();
    const newer = { ...images[0], ...opportunityImage({ id: "opp_0", version: 2, baseAmountMinor: 7 }) };
    await projectBatch([newer], world.deps());
    await projectBatch(images, world.deps());
    await assertExact(world, [newer, ...images.slice(1)]);
  });

  it("is applied by the sweep once it is old enough", async () => {
    const { world, images } = await leftBehind();
    const { clock } = world.deps();
    await applyAbandonedJournals("1", { olderThan: clock.now() }, world.deps());
    expect(await listHeads(world.table, "1")).toHaveLength(1);
    const later = new Date(clock.now().getTime() + 1);
    await applyAbandonedJournals("1", { olderThan: later }, world.deps());
    expect(await listHeads(world.table, "1")).toEqual([]);
    expect(await queryAll(world.table, { pk: "journal#1#journal-1" })).toEqual([]);
    await assertExact(world, images.slice(0, 98));
  });
});

describe("a journal that stays open because more is to come", () => {
  /** Batches of 120 records, each too large for one transaction, by one process. */
  const batches = [many(360).slice(0, 120), many(360).slice(120, 240), many(360).slice(240)] as const;
  const process = () => ({ open: new OpenJournals() });

  it("takes the next batches, and is applied by the one after which nothing comes", async () => {
    const world = await newWorld();
    const own = process();
    const more = { more: true };
    expect(await projectBatch(batches[0], world.deps({}, own), more)).toEqual({ failures: [], isApplied: false });
    expect(await projectBatch(batches[1], world.deps({}, own), more)).toEqual({ failures: [], isApplied: false });
    expect(await listHeads(world.table, "1")).toMatchObject([{ parts: 4 }]);
    expect(await queryAll(world.table, { pk: "agg#1#kpi#team" })).toEqual([]);
    expect(await projectBatch(batches[2], world.deps({}, own))).toEqual({ failures: [], isApplied: true });
    await assertExact(world, many(360));
  });

  it("is applied by a batch that has nothing to count", async () => {
    const world = await newWorld();
    const own = process();
    await projectBatch(batches[0], world.deps({}, own), { more: true });
    expect(await projectBatch([], world.deps({}, own))).toEqual({ failures: [], isApplied: true });
    await assertExact(world, batches[0]);
  });

  it("is not lost from sight when a later batch fails", async () => {
    const world = await newWorld();
    const own = process();
    await projectBatch(batches[0], world.deps({}, own), { more: true });
    // Calls: the epochs, two reads of markers, the first part.
    await expect(projectBatch(batches[1], world.deps({ 4: "crash-before" }, own), { more: true })).rejects.toThrow();
    expect(await projectBatch(batches[2], world.deps({}, own))).toEqual({ failures: [], isApplied: true });
    await projectBatch(batches[1], world.deps({}, own));
    await assertExact(world, many(360));
  });

  it("gives way when a sweep has closed it", async () => {
    const world = await newWorld();
    const own = process();
    await projectBatch(batches[0], world.deps({}, own), { more: true });
    const later = new Date(testClock().now().getTime() + 1);
    await applyAbandonedJournals("1", { olderThan: later }, world.deps());
    await projectBatch(batches[1], world.deps({}, own), { more: true });
    await projectBatch(batches[2], world.deps({}, own));
    await assertExact(world, many(360));
  });

  it("is applied all the same once it is half a minute old", async () => {
    const world = await newWorld();
    const own = { ...process(), clock: testClock() };
    await projectBatch(batches[0], world.deps({}, own), { more: true });
    own.clock.advance(30_000);
    expect(await projectBatch(batches[1], world.deps({}, own), { more: true })).toMatchObject({ isApplied: true });
    await assertExact(world, many(240));
  });
});
