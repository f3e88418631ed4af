import type { Kpis } from "@shangji/contracts/analytics/schemas";
import { addTo, kpiCube } from "./cells.ts";
import type { Count } from "./count.ts";
import * as counter from "./counters.ts";
import { freshnessOf } from "./freshness.ts";
import { ratio, statisticsOf, wholeMean } from "./histogram.ts";
import type { AnalyticsPorts, Counters, PeriodQuery } from "./ports.ts";
import { countOf, dimensionOf, histogramsOf, type LabelledGroup, labelled, periodsOf, regroup } from "./read-groups.ts";

/** Win rate, value, cycle and velocity of the opportunities closed in a period; `open` is what is open now. */
export async function readKpis(query: PeriodQuery, ports: AnalyticsPorts): Promise<Kpis> {
  const { groupBy } = query;
  const freshness = await freshnessOf(ports.aggregates, ports.clock);
  const groups = await labelled(await regroup(await kpiSums(query, ports), groupBy, ports), groupBy, ports);
  return { ...freshness, currency: ports.currency, groups: groups.map(kpisOf) };
}

/** Open opportunities have no closing date, so a period takes them from the all-time counters. */
async function kpiSums(query: PeriodQuery, { aggregates }: AnalyticsPorts): Promise<Map<string, Counters>> {
  const periods = periodsOf(query);
  const cell = { cube: kpiCube, dimension: dimensionOf(query.groupBy) };
  if (periods === "all") return aggregates.sums({ ...cell, periods, histograms: true });
  const [closed, now] = await Promise.all([
    aggregates.sums({ ...cell, periods, histograms: true }),
    aggregates.sums({ ...cell, periods: "all", histograms: false }),
  ]);
  const sums = new Map<string, Map<string, Count>>([...closed].map(([key, counters]) => [key, new Map(counters)]));
  for (const [key, counters] of now) {
    const group = sums.get(key) ?? new Map<string, Count>();
    sums.set(key, group);
    addTo(group, counter.open, counters.get(counter.open) ?? 0);
  }
  return sums;
}

function kpisOf({ key, label, counters }: LabelledGroup): Kpis["groups"][number] {
  const won = countOf(counters, counter.won);
  const lost = countOf(counters, counter.lost);
  const open = countOf(counters, counter.open);
  const amount = counters.get(counter.wonAmount) ?? 0;
  const days = counters.get(counter.cycleDays) ?? 0;
  return {
    key,
    label,
    won,
    lost,
    open,
    winRate: ratio(won, won + lost),
    wonAmountMinor: Number(amount),
    averageDealMinor: wholeMean(amount, won),
    cycleDays: statisticsOf(histogramsOf(counters).get(counter.cycle) ?? new Map(), days),
    velocityMinorPerDay: velocity({ open, won, lost, amount: Number(amount), days: Number(days) }),
  };
}

/** Open deals × mean deal × win rate ÷ mean cycle, with the means unrounded: open × (amount/won) × (won/closed) ÷ (days/won). */
function velocity(of: { open: number; won: number; lost: number; amount: number; days: number }): number | null {
  return of.won > 0 && of.days > 0 ? (of.open * of.amount * of.won) / ((of.won + of.lost) * of.days) : null;
}
