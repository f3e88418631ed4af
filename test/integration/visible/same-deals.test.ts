import { totalsTableDefinition } from "@shangji/aws/dynamo/analytics/totals-table";
import { searchTableDefinition } from "@shangji/aws/dynamo/search/search-table";
import { GroupBy } from "@shangji/contracts/analytics/schemas";
import { isVisible, scopeOf, type Viewer, visibilityOf } from "@shangji/core/access/viewer";
import { type DynamoDb, startDynamoDb } from "@shangji/testing/dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { functionsOn } from "./ways.ts";
import { type Deal, live, pipeline, regionOf, worlds } from "./world.ts";

let db: DynamoDb;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => {
  vi.unstubAllEnvs();
  return db.stop();
});

type Functions = Awaited<ReturnType<typeof functionsOn>>;

const reading = { entity: "opportunity", action: "read" } as const;

test("H2 lists, search, exports, board, funnel and KPIs are of the same deals for each caller: those of the one predicate", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const tables = {
        table: await db.createTable(),
        searchTable: await db.createTable({ definition: searchTableDefinition }),
        totalsTable: await db.createTable({ definition: totalsTableDefinition }),
      };
      const { deals, viewers } = await live(world, tables);
      const functions = await functionsOn(tables, db);
      for (const viewer of viewers) {
        const visible = deals.filter((deal) => isVisible(visibilityOf(viewer, reading), deal));
        await expectShown(visible, viewer, functions);
        await expectCounted(visible, viewer, functions);
      }
    }),
    // A failure is found again by its seed; to shrink it takes a table and a life for each step.
    { numRuns: 5, endOnFailure: true },
  );
});

async function expectShown(visible: readonly Deal[], { actor, ...rest }: Viewer, { shown }: Functions): Promise<void> {
  const expected = visible.map(({ id }) => id).sort();
  const mayRead = scopeOf({ actor, ...rest }, reading) !== "none";
  for (const [way, read] of Object.entries(shown)) {
    // Whoever may read no deals at all may neither search for them nor order an export.
    if ((way === "found by a word" || way === "exported") && !mayRead)
      await expect(read(actor)).rejects.toMatchObject({ code: "forbidden" });
    else expect({ way, ids: (await read(actor)).sort() }).toEqual({ way, ids: expected });
  }
}

interface Sums {
  count: number;
  amountMinor: number;
}

/** Amounts may pass the safe integers, so they are summed exactly and rounded once. */
function sumsOf(deals: readonly Deal[]): Sums {
  const amount = deals.reduce((total, { baseAmountMinor }) => total + BigInt(baseAmountMinor), 0n);
  return { count: deals.length, amountMinor: Number(amount) };
}

/** All time, and a period that holds every date of these worlds. */
const periods = [{}, { from: "2000-01-01", to: "2100-01-01" }];
/** The groups that a deal counts in: of several products in each of them. */
const groupsOf: Record<GroupBy, (deal: Deal) => string[]> = {
  none: () => ["all"],
  owner: ({ ownerId = "-" }) => [ownerId],
  team: ({ teamId = "-" }) => [teamId],
  region: ({ teamId = "-" }) => [regionOf.get(teamId) ?? "-"],
  source: ({ source = "-" }) => [source],
  industry: ({ industry = "-" }) => [industry],
  product: ({ productIds }) => (productIds.length > 0 ? productIds : ["-"]),
};

function grouped(deals: readonly Deal[], groupBy: GroupBy): Map<string, Deal[]> {
  const groups = new Map<string, Deal[]>();
  for (const deal of deals) {
    for (const group of groupsOf[groupBy](deal)) groups.set(group, [...(groups.get(group) ?? []), deal]);
  }
  return groups;
}

async function expectCounted(visible: readonly Deal[], { actor }: Viewer, functions: Functions): Promise<void> {
  const inStage = (deals: readonly Deal[], stageId: string) => sumsOf(deals.filter((deal) => deal.stageId === stageId));
  const byStage = (deals: readonly Deal[]) => pipeline.stages.map(({ id }) => inStage(deals, id));
  const { stages } = await functions.board(actor);
  expect(stages.map(({ count, amountMinor }) => ({ count, amountMinor }))).toEqual(byStage(visible));
  for (const period of periods) {
    for (const groupBy of GroupBy.options) {
      const expected = grouped(visible, groupBy);
      if (groupBy === "none" && visible.length === 0) expected.set("all", []);
      const funnel = await functions.funnel(actor, { ...period, groupBy });
      const kpis = await functions.kpis(actor, { ...period, groupBy });
      const funnelSums = funnel.groups.map((group) => [group.key, group.stages.map(asSums)] as const);
      expect({ groupBy, funnel: sorted(funnelSums) }).toEqual({
        groupBy,
        funnel: sorted([...expected].map(([key, deals]) => [key, byStage(deals)] as const)),
      });
      const outcomes = kpis.groups.map(
        ({ key, open, won, lost, wonAmountMinor }) => [key, { open, won, lost, wonAmountMinor }] as const,
      );
      expect({ groupBy, kpis: sorted(outcomes) }).toEqual({
        groupBy,
        kpis: sorted([...expected].map(([key, deals]) => [key, outcomesOf(deals)] as const)),
      });
    }
  }
}

function asSums({ current: count, amountMinor }: { current: number; amountMinor: number }): Sums {
  return { count, amountMinor };
}

function outcomesOf(deals: readonly Deal[]) {
  const of = (status: Deal["status"]) => sumsOf(deals.filter((deal) => deal.status === status));
  const won = of("won");
  return { open: of("open").count, won: won.count, lost: of("lost").count, wonAmountMinor: won.amountMinor };
}

function sorted<T>(groups: readonly (readonly [string, T])[]): (readonly [string, T])[] {
  return [...groups].sort(([left], [right]) => (left < right ? -1 : 1));
}
