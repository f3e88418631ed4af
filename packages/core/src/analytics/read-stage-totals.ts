import { funnelCube } from "./cells.ts";
import * as counter from "./counters.ts";
import { type Freshness, freshnessOf } from "./freshness.ts";
import type { AnalyticsPorts } from "./ports.ts";
import { countOf, regroup } from "./read-groups.ts";

export interface StageTotals extends Freshness {
  currency: string;
  /** How many opportunities are in a stage now, and their base amount in minor units. */
  stages: { stageId: string; count: number; amountMinor: number }[];
}

/** Count and amount of each given stage of a pipeline. */
export async function readStageTotals(
  { pipelineId, stageIds }: { pipelineId: string; stageIds: readonly string[] },
  ports: Pick<AnalyticsPorts, "aggregates" | "clock" | "currency" | "regions">,
): Promise<StageTotals> {
  const freshness = await freshnessOf(ports.aggregates, ports.clock);
  const teams = await ports.aggregates.sums({
    cube: funnelCube(pipelineId),
    dimension: "team",
    periods: "all",
    histograms: false,
  });
  const [counters = new Map()] = (await regroup(teams, "none", ports)).values();
  return {
    ...freshness,
    currency: ports.currency,
    stages: stageIds.map((stageId) => ({
      stageId,
      count: countOf(counters, counter.stageCounters.current(stageId)),
      amountMinor: countOf(counters, counter.stageCounters.amount(stageId)),
    })),
  };
}
