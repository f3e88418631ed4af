import { fakeAggregates } from "@shangji/testing/fakes/aggregates";
import { lifeOf, opportunityImage, testPipelineId, testStages } from "@shangji/testing/opportunity-images";
import { testClock } from "@shangji/testing/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isVisible, type Visibility } from "../access/viewer.ts";
import { DomainError } from "../kit/domain-error.ts";
import { dateAfter, daysBetween } from "./calendar-days.ts";
import { addFold, type Fold } from "./cells.ts";
import { contributions } from "./contributions.ts";
import { factsOf, type OpportunityFacts, type OpportunityFactsSource } from "./facts.ts";
import type { AnalyticsPorts } from "./ports.ts";
import { readFunnel } from "./read-funnel.ts";
import { readKpis } from "./read-kpis.ts";
import { readStageTotals } from "./read-stage-totals.ts";
import { type AllAggregates, visibleAggregates } from "./visible-aggregates.ts";

const labels: Record<string, string> = { usr_1: "Zhang", usr_2: "Arnold", "-": "Nobody" };

function portsFor(
  images: readonly OpportunityFactsSource[],
  visibility?: Visibility,
  deals?: AllAggregates["deals"],
): AnalyticsPorts {
  const fold: Fold = new Map();
  const facts = new Map<string, OpportunityFacts>();
  for (const image of images) {
    const counted = factsOf(image);
    if (!counted) continue;
    facts.set(image.id, counted);
    addFold(fold, contributions(counted, testStages));
  }
  const checkpoint = { lastRecordAt: "2026-11-02T08:29:30.000Z", lagMilliseconds: 250 };
  const aggregates = fakeAggregates(fold, { checkpoint, facts });
  return {
    aggregates: visibleAggregates(
      { aggregates, pipelineStages: async () => testStages, ...(deals ? { deals } : {}) },
      visibility,
    ),
    clock: testClock(),
    currency: "CNY",
    stages: async (id) =>
      id === testPipelineId ? testStages.map((stage) => ({ ...stage, name: stage.id })) : undefined,
    regions: async () => new Map([["team_1", "East"]]),
    labels: async (_, keys) => new Map(keys.flatMap((key) => (labels[key] ? [[key, labels[key]]] : []))),
  };
}

/** A few opportunities as they are now. */
const worlds = fc
  .array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 12 })
  .chain((versions) => fc.tuple(...versions.map((count, index) => lifeOf(`opp_${index}`, count))))
  .map((lives) => lives.flatMap((images) => images.slice(-1)));

const periods = fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 200 })).map(([start, length]) => {
  const from = dateAfter("2025-11-20", start);
  return { from, to: dateAfter(from, length) };
});

const isIn = (date: string | undefined, { from, to }: { from: string; to: string }) =>
  date !== undefined && from <= date && date < to;
// Summed exactly and rounded once, as amounts may pass the safe integers.
const amountOf = (images: readonly OpportunityFactsSource[]) =>
  Number(images.reduce((total, { baseAmountMinor }) => total + BigInt(baseAmountMinor), 0n));
const living = (images: readonly OpportunityFactsSource[]) => images.filter(({ deletedAt }) => !deletedAt);

describe("KPIs", () => {
  it("of a period and a group equal counting the opportunities one by one", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, periods, async (images, period) => {
        const { groups } = await readKpis({ ...period, groupBy: "owner" }, portsFor(images));
        for (const owner of ["usr_1", "usr_2", undefined]) {
          const mine = living(images).filter(({ ownerId }) => ownerId === owner);
          const closed = mine.filter(({ closedOn }) => isIn(closedOn, period));
          const won = closed.filter(({ status }) => status === "won");
          const open = mine.filter(({ status }) => status === "open").length;
          const group = groups.find(({ key }) => key === (owner ?? "-"));
          if (closed.length + open === 0) expect(group).toBeUndefined();
          else {
            const days = won.map(({ openedOn, closedOn = "" }) => daysBetween(openedOn, closedOn));
            expect(group).toMatchObject({ won: won.length, lost: closed.length - won.length, open });
            expect(group?.winRate).toBe(closed.length > 0 ? won.length / closed.length : null);
            expect(group?.wonAmountMinor).toBe(amountOf(won));
            expect(group?.cycleDays.mean).toBe(days.length > 0 ? days.reduce((a, b) => a + b, 0) / days.length : null);
          }
        }
      }),
    );
  });

  it("compute velocity from unrounded means, and none without a win", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (images) => {
        for (const group of (await readKpis({ groupBy: "team" }, portsFor(images))).groups) {
          const { open, won, wonAmountMinor, winRate, cycleDays, velocityMinorPerDay } = group;
          if (won === 0 || cycleDays.mean === 0) expect(velocityMinorPerDay).toBeNull();
          else {
            const expected = (open * (wonAmountMinor / won) * (winRate ?? 0)) / (cycleDays.mean ?? 1);
            expect(velocityMinorPerDay).toBeCloseTo(expected, -Math.floor(Math.log10(expected + 1)) + 8);
          }
        }
      }),
    );
  });
});

describe("H2 what a caller may not see", () => {
  const visibilities = fc.record({
    ownerId: fc.constantFrom("usr_1", "usr_2", "usr_9"),
    teamIds: fc.subarray(["team_1", "team_2", "team_9"]),
    recordIds: fc.subarray(["opp_0", "opp_1", "opp_2", "opp_5", "opp_8", "opp_gone"]),
  });
  const groupings = fc.constantFrom("none", "owner", "team", "region" as const);

  it("is in no figure: each is that of the visible opportunities alone", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, periods, visibilities, groupings, async (images, period, visibility, groupBy) => {
        const all = portsFor(images, visibility);
        const visible = portsFor(images.filter((image) => isVisible(visibility, image)));
        for (const query of [
          { groupBy, pipelineId: testPipelineId },
          { ...period, groupBy, pipelineId: testPipelineId },
        ]) {
          expect(await readKpis(query, all)).toEqual(await readKpis(query, visible));
          expect(await readFunnel(query, all)).toEqual(await readFunnel(query, visible));
        }
        const stageIds = testStages.map(({ id }) => id);
        const totals = { pipelineId: testPipelineId, stageIds };
        expect(await readStageTotals(totals, all)).toEqual(await readStageTotals(totals, visible));
      }),
    );
  });

  it.each(["source", "product", "industry"] as const)(
    "is not told by %s once more would have to be counted than one answer reads",
    async (groupBy) => {
      const looked: unknown[] = [];
      const opportunities = {
        gather: async (...asked: unknown[]) => void looked.push(asked),
        getMany: async () => new Map(),
      };
      const deals = { opportunities, zone: "UTC" };
      const ports = portsFor([], { ownerId: "usr_1", teamIds: ["team_1"], recordIds: [] }, deals);
      await expect(readKpis({ groupBy }, ports)).rejects.toMatchObject({
        code: "query_too_expensive",
        errors: [{ pointer: "/query/groupBy" }],
      });
      const lanes = [
        { by: "owner", id: "usr_1" },
        { by: "team", id: "team_1", without: "usr_1" },
      ];
      expect(looked).toEqual([[lanes, 2_000]]);
    },
  );
});

describe("the funnel", () => {
  it("of a cohort equals counting the opportunities one by one, by stage", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, periods, async (images, period) => {
        const { groups } = await readFunnel(
          { ...period, groupBy: "none", pipelineId: testPipelineId },
          portsFor(images),
        );
        const cohort = living(images).filter(({ openedOn }) => isIn(openedOn, period));
        expect(groups).toHaveLength(1);
        for (const stage of groups[0]?.stages ?? []) {
          const here = cohort.filter(({ stageId }) => stageId === stage.stageId);
          expect(stage.current).toBe(here.length);
          expect(stage.amountMinor).toBe(amountOf(here));
          if (stage.type !== "open") expect(stage).toMatchObject({ entered: here.length, conversionToNext: null });
        }
        expect(groups[0]).toMatchObject({ open: cohort.filter(({ status }) => status === "open").length });
      }),
    );
  });

  it("sums to the same total whatever it is grouped by, with products counted for each", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (images) => {
        const ports = portsFor(images);
        for (const groupBy of ["none", "team", "region", "owner", "source", "industry"] as const) {
          const { groups } = await readFunnel({ groupBy, pipelineId: testPipelineId }, ports);
          const total = groups.reduce((sum, { open, won, lost }) => sum + open + won + lost, 0);
          expect(total).toBe(living(images).length);
        }
      }),
    );
  });

  it("refuses a pipeline that does not exist", async () => {
    const read = readFunnel({ groupBy: "none", pipelineId: "pip_2" }, portsFor([]));
    await expect(read).rejects.toThrow(DomainError);
    await expect(read).rejects.toMatchObject({ code: "unknown_reference" });
  });
});

describe("groups", () => {
  const images = ["usr_1", "usr_2", undefined].map((ownerId, index) => ({
    ...opportunityImage({ id: `opp_${index}` }),
    ownerId,
    teamId: index === 0 ? "team_1" : "team_2",
  }));

  it("are sorted by label, the one without a value last", async () => {
    const { groups } = await readKpis({ groupBy: "owner" }, portsFor(images));
    expect(groups.map(({ label }) => label)).toEqual(["Arnold", "Zhang", "Nobody"]);
  });

  it("by region are sums of teams, teams without a region together", async () => {
    const { groups } = await readKpis({ groupBy: "region" }, portsFor(images));
    expect(groups.map(({ key, open }) => [key, open])).toEqual([
      ["East", 1],
      ["-", 2],
    ]);
  });

  it("are one, of zeros, for an empty store that is not grouped; else none", async () => {
    const zeros = { key: "all", open: 0, won: 0, lost: 0, winRate: null, averageDealMinor: null };
    expect((await readKpis({ groupBy: "none" }, portsFor([]))).groups).toMatchObject([zeros]);
    expect((await readKpis({ groupBy: "owner" }, portsFor([]))).groups).toEqual([]);
  });

  it("come with the currency and the freshness", async () => {
    expect(await readKpis({ groupBy: "none" }, portsFor(images))).toMatchObject({
      asOf: "2026-11-02T08:29:30.000Z",
      lagSeconds: 0.25,
      currency: "CNY",
    });
  });
});

describe("stage totals", () => {
  it("are count and amount of what is in each stage now", async () => {
    const stageIds = testStages.map(({ id }) => id);
    const { stages } = await readStageTotals(
      { pipelineId: testPipelineId, stageIds },
      portsFor([opportunityImage({ id: "opp_1" }), opportunityImage({ id: "opp_2" })]),
    );
    expect(stages.map(({ count, amountMinor }) => [count, amountMinor])).toEqual([
      [2, 2000],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });
});
