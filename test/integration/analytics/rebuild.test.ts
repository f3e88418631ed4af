import { checkAggregates } from "@shangji/aws/dynamo/analytics/check";
import { readEpochs } from "@shangji/aws/dynamo/analytics/epochs";
import { projectBatch } from "@shangji/aws/dynamo/analytics/projector";
import type { ProjectorDeps } from "@shangji/aws/dynamo/analytics/projector-deps";
import { queryAll } from "@shangji/aws/dynamo/analytics/query-all";
import { rebuild, removeEpoch } from "@shangji/aws/dynamo/analytics/rebuild";
import { addition } from "@shangji/aws/dynamo/analytics/shards";
import { transact } from "@shangji/aws/dynamo/analytics/transact";
import type { OpportunityFactsSource } from "@shangji/core/analytics/facts";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { opportunityImage, testPipelineId, testStages } from "@shangji/testing/opportunity-images";
import { testClock } from "@shangji/testing/world";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

let engine: DynamoDb;
let deps: ProjectorDeps;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  let ids = 0;
  deps = {
    table: await engine.createTable({ indexes: false }),
    clock: testClock(),
    pipelineStages: async () => testStages,
    newId: () => `id-${++ids}`,
    random: () => 0,
    pause: async () => undefined,
  };
});

async function* streamed<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

const images = Array.from({ length: 10 }, (_, index) => opportunityImage({ id: `opp_${index}` }));
const check = (now: readonly OpportunityFactsSource[]) => checkAggregates(streamed(now), [testPipelineId], deps);

/** Adds to a counter what no record has brought. */
async function spoil(): Promise<void> {
  const item = { pk: "agg#1#kpi#team", sk: "a#c#team_1", add: { open: 5 }, part: 0 };
  await transact(deps.table, [addition(deps.table, item, 0)]);
}

describe("the check", () => {
  it("names each counter that is not what the records say", async () => {
    await projectBatch(images, deps);
    await spoil();
    const place = { cube: "kpi", dimension: "team", period: "all", group: "team_1" };
    expect((await check(images)).differences).toEqual([{ ...place, counter: "open", expected: 10, actual: 15 }]);
  });

  it("finds a record that was never counted", async () => {
    await projectBatch(images.slice(1), deps);
    expect((await check(images)).differences.length).toBeGreaterThan(0);
  });
});

describe("a rebuild", () => {
  it("makes the aggregates right again, in a new epoch", async () => {
    await projectBatch(images, deps);
    await spoil();
    const rebuilt = await rebuild(() => streamed(images), deps);
    expect(rebuilt).toMatchObject({ previous: "1", records: 10, failures: [] });
    expect(await readEpochs(deps.table)).toEqual({ current: rebuilt.epoch });
    expect((await check(images)).differences).toEqual([]);
  });

  it("loses no change that is made meanwhile, and counts none twice", async () => {
    await projectBatch(images, deps);
    const newer = { version: 2, ownerId: "usr_9" };
    const changed = [opportunityImage({ id: "opp_0", ...newer }), opportunityImage({ id: "opp_1", ...newer })];
    const added = opportunityImage({ id: "opp_new" });
    async function* whileOthersWrite() {
      // The projector sees one change before the rebuild reads its record, one after it, and a record that is new.
      await projectBatch(changed.slice(0, 1), deps);
      yield* images.slice(1);
      yield* changed.slice(0, 1);
      await projectBatch([...changed.slice(1), added], deps);
    }
    await rebuild(whileOthersWrite, deps);
    const now = [...changed, ...images.slice(2), added];
    expect((await check(now)).differences).toEqual([]);
    const later = { ...added, version: 2, baseAmountMinor: 3 };
    await projectBatch([later], deps);
    expect((await check([...now.slice(0, -1), later])).differences).toEqual([]);
  });

  it("that breaks off leaves the readers with the epoch they have", async () => {
    await projectBatch(images, deps);
    async function* broken(): AsyncGenerator<OpportunityFactsSource> {
      yield* images;
      throw new Error("the source broke");
    }
    await expect(rebuild(broken, deps)).rejects.toThrow("the source broke");
    expect(await readEpochs(deps.table)).toEqual({ current: "1" });
    expect((await check(images)).differences).toEqual([]);
  });

  it("leaves an old epoch that can be removed without a trace, and only when nobody uses it", async () => {
    await projectBatch(images, deps);
    const { epoch, previous } = await rebuild(() => streamed(images), deps);
    const all = { pipelineIds: [testPipelineId], opportunityIds: streamed(images.map(({ id }) => id)) };
    await expect(removeEpoch(epoch, all, deps)).rejects.toThrow("in use");
    await removeEpoch(previous, all, deps);
    expect(await queryAll(deps.table, { pk: "agg#1#kpi#team" })).toEqual([]);
    expect((await queryAll(deps.table, { pk: "opp_0" })).map(({ sk }) => sk)).toEqual([`projection#${epoch}`]);
    expect((await check(images)).differences).toEqual([]);
  });
});
