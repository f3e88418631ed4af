import { existsSync, readFileSync } from "node:fs";
import { fakeAggregates } from "@shangji/testing/fakes/aggregates";
import { testClock } from "@shangji/testing/world";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { addFold, type Fold } from "./cells.ts";
import { contributions, type StageReference } from "./contributions.ts";
import { factsOf, type OpportunityFactsSource } from "./facts.ts";
import type { AnalyticsPorts } from "./ports.ts";
import { readFunnel } from "./read-funnel.ts";
import { readKpis } from "./read-kpis.ts";
import { visibleAggregates } from "./visible-aggregates.ts";

const folder = new URL("../../../../../shared/data/crm-maven/", import.meta.url);
const present = existsSync(folder);

type Row = Record<string, string>;
const rows = (file: string): Row[] => parse(readFileSync(new URL(file, folder)), { columns: true });

interface Expected {
  won: number;
  lost: number;
  open?: number;
  win_rate: number;
  won_value: number;
  won_cycle_days_mean?: number;
  won_cycle_days_median?: number;
}

const stages: StageReference[] = [
  { id: "Prospecting", type: "open" },
  { id: "Engaging", type: "open" },
  { id: "Won", type: "won" },
  { id: "Lost", type: "lost" },
];
const outcome: Record<string, OpportunityFactsSource["status"]> = { Won: "won", Lost: "lost" };
const notYetEngaged = "2018-01-01";

function opportunities(): OpportunityFactsSource[] {
  const managers = new Map(rows("sales_teams.csv").map((row) => [row.sales_agent, row.manager]));
  const sectors = new Map(rows("accounts.csv").map((row) => [row.account, row.sector]));
  return rows("sales_pipeline.csv").map((row) => {
    const { opportunity_id: id = "", deal_stage: stageId = "", engage_date, close_date: closedOn } = row;
    const openedOn = engage_date || notYetEngaged;
    return {
      id,
      version: 1,
      pipelineId: "sales",
      pipelineVersion: 1,
      stageId,
      status: outcome[stageId] ?? "open",
      ownerId: row.sales_agent,
      teamId: managers.get(row.sales_agent),
      productIds: [(row.product ?? "").replace("GTXPro", "GTX Pro")],
      industry: sectors.get(row.account),
      baseAmountMinor: Number(row.close_value || 0) * 100,
      openedOn,
      closedOn: closedOn || undefined,
      history: closedOn
        ? [
            { stageId: "Engaging", enteredOn: openedOn, exitedOn: closedOn },
            { stageId, enteredOn: closedOn },
          ]
        : [{ stageId, enteredOn: openedOn }],
    };
  });
}

function portsFor(images: readonly OpportunityFactsSource[]): AnalyticsPorts {
  const fold: Fold = new Map();
  for (const image of images) {
    const facts = factsOf(image);
    if (facts) addFold(fold, contributions(facts, stages));
  }
  return {
    aggregates: visibleAggregates(
      { aggregates: fakeAggregates(fold), pipelineStages: async () => undefined },
      undefined,
    ),
    clock: testClock(),
    currency: "USD",
    stages: async () => stages.map((stage) => ({ ...stage, name: stage.id })),
    regions: async () => new Map(rows("sales_teams.csv").map((row) => [row.manager ?? "", row.regional_office ?? ""])),
    labels: async () => new Map(),
  };
}

const toDigits = (value: number | null | undefined, digits: number) => Number((value ?? Number.NaN).toFixed(digits));

describe.runIf(present)("KPIs of 8,800 real deals", () => {
  const expected = present ? JSON.parse(readFileSync(new URL("expected.json", folder), "utf8")) : {};
  const images = present ? opportunities() : [];
  const ports = portsFor(images);

  async function assertGroups(
    groupBy: "owner" | "team" | "region" | "product" | "industry",
    wanted: Record<string, Expected>,
  ) {
    const { groups } = await readKpis({ groupBy }, ports);
    const keyed = new Map(groups.map((group) => [group.key, group]));
    keyed.delete("-");
    expect([...keyed.keys()].sort()).toEqual(Object.keys(wanted).sort());
    for (const [key, deals] of Object.entries(wanted)) {
      const group = keyed.get(key);
      expect(group, key).toMatchObject({ won: deals.won, lost: deals.lost, open: deals.open });
      expect(group?.wonAmountMinor).toBe(deals.won_value * 100);
      expect(toDigits(group?.winRate, 6)).toBe(deals.win_rate);
      expect(toDigits(group?.cycleDays.mean, 6)).toBe(deals.won_cycle_days_mean);
      expect(group?.cycleDays.median).toBe(deals.won_cycle_days_median);
    }
  }

  it("are right in total", async () => {
    const [all] = (await readKpis({ groupBy: "none" }, ports)).groups;
    const { won } = expected.sales_cycle_days;
    expect(all).toMatchObject({ won: won.n, lost: 2473, open: expected.open });
    expect(all?.wonAmountMinor).toBe(expected.won_value_total * 100);
    expect(toDigits(all?.winRate, 6)).toBe(expected.win_rate_overall.rate);
    expect(toDigits(all?.cycleDays.mean, 6)).toBe(won.mean);
    expect(all?.cycleDays.median).toBe(won.median);
    expect(all?.averageDealMinor).toBe(Math.round(expected.won_value.mean * 100));
  });

  it("are right by agent, manager, region, product and sector", async () => {
    await assertGroups("owner", expected.by_agent);
    await assertGroups("team", expected.by_manager);
    await assertGroups("region", expected.by_region);
    await assertGroups("product", expected.by_product);
    await assertGroups("industry", expected.by_account_sector);
  });

  it("are right by quarter and by month of closing", async () => {
    const periods = { ...expected.by_close_quarter, ...expected.by_close_month } as Record<string, Expected>;
    for (const [name, deals] of Object.entries(periods)) {
      const [from, to] = periodNamed(name);
      const [all] = (await readKpis({ groupBy: "none", from, to }, ports)).groups;
      expect(all, name).toMatchObject({ won: deals.won, lost: deals.lost, wonAmountMinor: deals.won_value * 100 });
      expect(toDigits(all?.winRate, 6)).toBe(deals.win_rate);
    }
  });

  it("and the funnel are right by quarter of opening", async () => {
    const cohorts = expected.cohort_by_engage_quarter as Record<
      string,
      { engaged: number; won: number; lost: number; still_engaging: number }
    >;
    for (const [name, cohort] of Object.entries(cohorts)) {
      const [from, to] = periodNamed(name);
      const [all] = (await readFunnel({ pipelineId: "sales", groupBy: "none", from, to }, ports)).groups;
      expect(all, name).toMatchObject({ won: cohort.won, lost: cohort.lost, open: cohort.still_engaging });
      expect(all?.stages[1]).toMatchObject({
        entered: cohort.engaged,
        current: cohort.still_engaging,
        lost: cohort.lost,
      });
    }
  });
});

/** First day of a quarter `YYYY-Qn` or month `YYYY-MM`, and of the one after it. */
function periodNamed(name: string): [from: string, to: string] {
  const year = Number(name.slice(0, 4));
  const [month, length] = name[5] === "Q" ? [(Number(name[6]) - 1) * 3, 3] : [Number(name.slice(5)) - 1, 1];
  const firstOf = (index: number) => new Date(Date.UTC(year, index, 1)).toISOString().slice(0, 10);
  return [firstOf(month), firstOf(month + length)];
}
