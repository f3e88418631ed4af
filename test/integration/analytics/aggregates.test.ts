import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { aggregatesIn } from "@shangji/aws/dynamo/analytics/aggregates";
import { advanceCheckpoint } from "@shangji/aws/dynamo/analytics/checkpoint";
import { beginEpoch, switchEpoch } from "@shangji/aws/dynamo/analytics/epochs";
import { loadTotals } from "@shangji/aws/dynamo/analytics/stored-cells";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { dateAfter } from "@shangji/core/analytics/calendar-days";
import { addFold, type Fold, funnelCube } from "@shangji/core/analytics/cells";
import { contribute, contributions } from "@shangji/core/analytics/contributions";
import { factsOf, type OpportunityFactsSource } from "@shangji/core/analytics/facts";
import { periodRanges } from "@shangji/core/analytics/period-ranges";
import type { AnalyticsPorts, SumQuery } from "@shangji/core/analytics/ports";
import { readFunnel } from "@shangji/core/analytics/read-funnel";
import { readKpis } from "@shangji/core/analytics/read-kpis";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import { fakeAggregates } from "@shangji/testing/fakes/aggregates";
import { imagesOf, lifeOf, opportunityImage, testPipelineId, testStages } from "@shangji/testing/opportunity-images";
import { testClock } from "@shangji/testing/world";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let engine: DynamoDb;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const pause = async () => undefined;

function foldOf(images: readonly OpportunityFactsSource[]): Fold {
  const fold: Fold = new Map();
  for (const image of images) {
    const facts = factsOf(image);
    if (facts) contribute(fold, facts, testStages, 1);
  }
  return fold;
}

describe("stored aggregates", () => {
  it("sum to what the fold holds, for every range of periods", async () => {
    const table = await engine.createTable({ indexes: false });
    const lives = fc.sample(fc.tuple(...Array.from({ length: 40 }, (_, index) => lifeOf(`opp_${index}`, 6))), {
      numRuns: 1,
      seed: 7,
    });
    const fold = foldOf(lives.flat().flatMap((images) => images.slice(-1)));
    await loadTotals(fold, "1", { table, pause });
    const [stored, expected] = [aggregatesIn(table, testClock()), fakeAggregates(fold)];
    const day = fc.nat(500).map((offset) => dateAfter("2025-11-01", offset));
    const range = fc.tuple(day, day).map(([from, to]) => periodRanges(from, to));
    const query: fc.Arbitrary<SumQuery> = fc.record({
      cube: fc.constantFrom("kpi", funnelCube(testPipelineId)),
      dimension: fc.constantFrom("team", "owner", "source", "product", "industry"),
      periods: fc.oneof(fc.constant("all" as const), range),
      histograms: fc.constant(true),
    });
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        expect(await stored.sums(asked)).toEqual(await expected.sums(asked));
      }),
    );
    const totals: SumQuery = { cube: "kpi", dimension: "team", periods: "all", histograms: false };
    expect(await stored.sums(totals)).toEqual(await expected.sums(totals));
  });

  it("are read from the new epoch within five seconds of a switch", async () => {
    const table = await engine.createTable({ indexes: false });
    const facts = factsOf(opportunityImage());
    await loadTotals(facts ? contributions(facts, testStages) : new Map(), "2", { table, pause });
    const clock = testClock();
    const aggregates = aggregatesIn(table, clock);
    const totals: SumQuery = { cube: "kpi", dimension: "team", periods: "all", histograms: false };
    expect((await aggregates.sums(totals)).size).toBe(0);
    await beginEpoch(table, "2");
    await switchEpoch(table, "2");
    clock.advance(5_000);
    expect((await aggregates.sums(totals)).size).toBe(1);
  });
});

describe("the checkpoint", () => {
  it("moves on with later records, and is not moved back by earlier ones", async () => {
    const table = await engine.createTable({ indexes: false });
    const aggregates = aggregatesIn(table, testClock());
    expect(await aggregates.checkpoint()).toBeUndefined();
    const later = { lastRecordAt: "2026-01-01T00:00:10.000Z", now: new Date("2026-01-01T00:00:12.500Z") };
    await advanceCheckpoint(table, later);
    await advanceCheckpoint(table, { lastRecordAt: "2026-01-01T00:00:05.000Z", now: later.now });
    expect(await aggregates.checkpoint()).toEqual({ lastRecordAt: later.lastRecordAt, lagMilliseconds: 2_500 });
  });
});

/** Opportunities opened in one quarter, alike in everything but their number: each kind comes `copies` times. */
function quarter(copies: number): Fold {
  const kinds: OpportunityFactsSource[] = [];
  for (let kind = 0; kind < 1_000; kind++) {
    const first = opportunityImage({
      openedOn: dateAfter("2026-01-01", kind % 90),
      ownerId: `usr_${kind % 5}`,
      teamId: `team_${kind % 3}`,
      industry: `industry ${kind % 4}`,
      baseAmountMinor: 1_000,
    });
    const end = kind % 3 === 0 ? [] : [{ do: "move", to: kind % 3 === 1 ? 3 : 4, afterDays: 1 + (kind % 40) } as const];
    kinds.push(...imagesOf(first, [{ do: "move", to: 1, afterDays: kind % 30 }, ...end]).slice(-1));
  }
  const fold: Fold = new Map();
  const once = foldOf(kinds);
  for (let copy = 0; copy < copies; copy++) addFold(fold, once);
  return fold;
}

/** What a read costs: queries, items and numbers returned, and capacity units. */
async function costOf(table: Table, read: (ports: AnalyticsPorts) => Promise<unknown>) {
  const cost = { queries: 0, items: 0, numbers: 0, units: 0 };
  const send: Table["client"]["send"] = async (command: unknown) => {
    if (!(command instanceof QueryCommand)) return table.client.send(command as QueryCommand); // any other command goes through
    const answer = await table.client.send(new QueryCommand({ ...command.input, ReturnConsumedCapacity: "TOTAL" }));
    cost.queries += 1;
    cost.items += answer.Count ?? 0;
    for (const item of answer.Items ?? []) cost.numbers += Object.keys(item).length - 2; // the rest is the key
    cost.units += answer.ConsumedCapacity?.CapacityUnits ?? 0;
    return answer;
  };
  const client = new Proxy(table.client, {
    get: (target, property) => (property === "send" ? send : Reflect.get(target, property, target)),
  });
  const clock = testClock();
  await read({
    aggregates: aggregatesIn({ ...table, client }, clock),
    clock,
    currency: "CNY",
    stages: async () => testStages.map((stage) => ({ ...stage, name: stage.id })),
    regions: async () => new Map(),
    labels: async () => new Map(),
  });
  return cost;
}

describe("the cost of a read", () => {
  const groupings = ["none", "owner", "team", "region", "source", "product", "industry"] as const;
  const ranges = {
    "all time": {},
    "a quarter": { from: "2026-01-01", to: "2026-04-01" },
    "an odd range": { from: "2026-01-06", to: "2026-03-20" },
  };
  type Read = (ports: AnalyticsPorts) => Promise<unknown>;
  const reads: [name: string, Read][] = Object.entries(ranges).flatMap(([range, period]) =>
    groupings.flatMap((groupBy): [string, Read][] => [
      [
        `funnel by ${groupBy}, ${range}`,
        (ports) => readFunnel({ ...period, groupBy, pipelineId: testPipelineId }, ports),
      ],
      [`KPIs by ${groupBy}, ${range}`, (ports) => readKpis({ ...period, groupBy }, ports)],
    ]),
  );

  async function worldOf(copies: number): Promise<Table> {
    const table = await engine.createTable({ indexes: false });
    await loadTotals(quarter(copies), "1", { table, pause });
    return table;
  }

  it("is the same at 1,000 and at 100,000 opportunities of the same quarter", async () => {
    const [small, large] = [await worldOf(1), await worldOf(100)];
    for (const [name, read] of reads) {
      const cost = await costOf(small, read);
      expect(cost.items, name).toBeGreaterThan(0);
      expect(await costOf(large, read), name).toEqual(cost);
    }
  });

  // 97 times as much has two digits more, which the store writes as one byte more.
  it("grows by the digits of the numbers alone when they get longer", async () => {
    const [small, large] = [await worldOf(1), await worldOf(97)];
    for (const [name, read] of reads) {
      const [before, after] = [await costOf(small, read), await costOf(large, read)];
      expect({ ...after, units: 0 }, name).toEqual({ ...before, units: 0 });
      const bytesPerUnit = 8_192;
      const roundingOfQueries = before.queries / 2;
      expect(after.units - before.units, name).toBeLessThanOrEqual(before.numbers / bytesPerUnit + roundingOfQueries);
    }
  });
});
