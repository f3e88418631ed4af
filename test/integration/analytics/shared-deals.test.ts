import { aggregatesIn } from "@shangji/aws/dynamo/analytics/aggregates";
import { projectBatch } from "@shangji/aws/dynamo/analytics/projector";
import type { ProjectorDeps } from "@shangji/aws/dynamo/analytics/projector-deps";
import { rebuild } from "@shangji/aws/dynamo/analytics/rebuild";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { isVisible, type Visibility } from "@shangji/core/access/viewer";
import { dateAfter } from "@shangji/core/analytics/calendar-days";
import type { Fold } from "@shangji/core/analytics/cells";
import { contribute } from "@shangji/core/analytics/contributions";
import { factsOf, type OpportunityFactsSource } from "@shangji/core/analytics/facts";
import type { Aggregates, AnalyticsPorts } from "@shangji/core/analytics/ports";
import { readFunnel } from "@shangji/core/analytics/read-funnel";
import { readKpis } from "@shangji/core/analytics/read-kpis";
import { readStageTotals } from "@shangji/core/analytics/read-stage-totals";
import { visibleAggregates } from "@shangji/core/analytics/visible-aggregates";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { fakeAggregates } from "@shangji/testing/fakes/aggregates";
import { meteredClient } from "@shangji/testing/metered-client";
import { lifeOf, opportunityImage, testPipelineId, testStages } from "@shangji/testing/opportunity-images";
import { testClock } from "@shangji/testing/world";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let engine: DynamoDb;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const clock = testClock();
const pipelineStages = async () => testStages;

function projectorOf(table: Table): ProjectorDeps {
  let ids = 0;
  const newId = () => `id-${++ids}`;
  return { table, clock, pipelineStages, newId, random: () => 0.5, pause: async () => undefined };
}

function portsFor(aggregates: Aggregates): AnalyticsPorts {
  return {
    aggregates,
    clock,
    currency: "CNY",
    stages: async () => testStages.map((stage) => ({ ...stage, name: stage.id })),
    regions: async () => new Map([["team_1", "East"]]),
    labels: async () => new Map(),
  };
}

const storedFor = (table: Table, visibility: Visibility) =>
  portsFor(visibleAggregates({ aggregates: aggregatesIn(table, clock), pipelineStages }, visibility));

/** The visible deals counted one by one. */
function countOf(images: readonly OpportunityFactsSource[], visibility: Visibility): AnalyticsPorts {
  const fold: Fold = new Map();
  for (const image of images) {
    const facts = isVisible(visibility, image) ? factsOf(image) : null;
    if (facts) contribute(fold, facts, testStages, 1);
  }
  const visible = visibleAggregates({ aggregates: fakeAggregates(fold), pipelineStages }, undefined);
  return portsFor(visible);
}

type Figure = (ports: AnalyticsPorts) => Promise<object>;

/** Everything that a caller of limited scope may ask. */
const figures: Figure[] = [{}, { from: "2025-12-10", to: "2026-09-20" }].flatMap((period) =>
  (["none", "owner", "team", "region"] as const).flatMap((groupBy): Figure[] => [
    (ports) => readFunnel({ ...period, groupBy, pipelineId: testPipelineId }, ports),
    (ports) => readKpis({ ...period, groupBy }, ports),
  ]),
);
figures.push((ports) =>
  readStageTotals({ pipelineId: testPipelineId, stageIds: testStages.map(({ id }) => id) }, ports),
);

const read = (ports: AnalyticsPorts) => Promise.all(figures.map(async (figure) => withoutTime(await figure(ports))));

function withoutTime(figure: object) {
  return { ...figure, asOf: "", lagSeconds: 0 };
}

const count = 8;
const worlds = fc.tuple(...Array.from({ length: count }, (_, index) => lifeOf(`opp_${index}`, 5)));
const visibilities = fc.record({
  ownerId: fc.constantFrom("usr_1", "usr_9"),
  teamIds: fc.subarray(["team_1", "team_9"]),
  recordIds: fc.subarray([...Array.from({ length: count }, (_, index) => `opp_${index}`), "opp_gone"], {
    minLength: 3,
  }),
});

describe("H2 figures of a caller with whom deals are shared", () => {
  it("equal a count of the visible deals, while these change, change hands and are deleted, and after a rebuild", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, visibilities, async (lives, visibility) => {
        const table = await engine.createTable({ indexes: false });
        const deps = projectorOf(table);
        const latest = new Map<string, OpportunityFactsSource>();
        for (let step = 0; step < 5; step++) {
          const changed = lives.flatMap((life) => life[step] ?? []);
          if (changed.length === 0) break;
          for (const image of changed) latest.set(image.id, image);
          await projectBatch(changed, deps);
          const now = [...latest.values()];
          expect(await read(storedFor(table, visibility))).toEqual(await read(countOf(now, visibility)));
        }
        const now = [...latest.values()];
        await rebuild(async function* () {
          yield* now;
        }, deps);
        expect(await read(storedFor(table, visibility))).toEqual(await read(countOf(now, visibility)));
      }),
      // To shrink takes a table and a life for each step.
      { numRuns: 5, endOnFailure: true },
    );
  });

  it("are those that the aggregates had of a deal that has changed since, like all others", async () => {
    const table = await engine.createTable({ indexes: false });
    const deps = projectorOf(table);
    const theirs = opportunityImage({ ownerId: "usr_2", teamId: "team_2" });
    await projectBatch([theirs], deps);
    const visibility = { ownerId: "usr_1", teamIds: ["team_1"], recordIds: [theirs.id, "opp_new"] };
    // Neither a deal that was never counted nor the caller's own version of this one is known to the aggregates yet.
    expect(await read(storedFor(table, visibility))).toEqual(await read(countOf([theirs], visibility)));
    const mine = { ...theirs, version: 2, teamId: "team_1", baseAmountMinor: 7 };
    await projectBatch([mine], deps);
    expect(await read(storedFor(table, visibility))).toEqual(await read(countOf([mine], visibility)));
  });

  it("cost half a read unit for each shared deal, once a figure, and are the same cost whatever else there is", async () => {
    const shared = Array.from({ length: 200 }, (_, index) =>
      opportunityImage({ id: `opp_${index}`, ownerId: "usr_2", openedOn: dateAfter("2026-01-01", index % 90) }),
    );
    const table = await engine.createTable({ indexes: false });
    await projectBatch(shared, projectorOf(table));
    const meter = meteredClient(table.client);
    const costOf = async (figure: Figure, recordIds: string[]) => {
      meter.reset();
      await figure(storedFor({ ...table, client: meter.client }, { ownerId: "usr_1", teamIds: [], recordIds }));
      return { units: meter.units(), requests: meter.requests() };
    };
    for (const figure of figures) {
      const [without, withAll] = [
        await costOf(figure, []),
        await costOf(
          figure,
          shared.map(({ id }) => id),
        ),
      ];
      expect(withAll.units - without.units).toBeLessThanOrEqual(0.5 * shared.length);
      expect(withAll.requests - without.requests).toBe(2);
    }
  });
});
