import type { Funnel } from "@shangji/contracts/analytics/schemas";
import { unknownReference } from "../kit/domain-error.ts";
import { funnelCube } from "./cells.ts";
import * as counter from "./counters.ts";
import { freshnessOf } from "./freshness.ts";
import { type Histogram, ratio, statisticsOf } from "./histogram.ts";
import type { AnalyticsPorts, Counters, NamedStage, PeriodQuery } from "./ports.ts";
import { countOf, dimensionOf, histogramsOf, labelled, periodsOf, regroup } from "./read-groups.ts";

type FunnelStage = Funnel["groups"][number]["stages"][number];

/**
 * The funnel of the opportunities opened in a period, by the stages of the pipeline's current version.
 * @throws DomainError `unknown_reference` when there is no such pipeline
 */
export async function readFunnel(query: PeriodQuery & { pipelineId: string }, ports: AnalyticsPorts): Promise<Funnel> {
  const { pipelineId, groupBy } = query;
  const [stages, freshness] = await Promise.all([ports.stages(pipelineId), freshnessOf(ports.aggregates, ports.clock)]);
  if (!stages) throw unknownReference("/query/pipelineId", pipelineId);
  const sums = await ports.aggregates.sums({
    cube: funnelCube(pipelineId),
    dimension: dimensionOf(groupBy),
    periods: periodsOf(query),
    histograms: true,
  });
  const groups = await labelled(await regroup(sums, groupBy, ports), groupBy, ports);
  return {
    ...freshness,
    pipelineId,
    currency: ports.currency,
    groups: groups.map(({ key, label, counters }) => {
      const [won, lost] = [countOf(counters, counter.won), countOf(counters, counter.lost)];
      const histograms = histogramsOf(counters);
      return {
        key,
        label,
        open: countOf(counters, counter.open),
        won,
        lost,
        winRate: ratio(won, won + lost),
        stages: stages.map((stage) =>
          stage.type === "open"
            ? openStage(stage, counters, histograms.get(stage.id) ?? new Map())
            : closedStage(stage, counters),
        ),
      };
    }),
  };
}

function openStage({ id, name, type }: NamedStage, counters: Counters, stays: Histogram): FunnelStage {
  const { stageCounters: of } = counter;
  const entered = countOf(counters, of.entered(id));
  const movedOn = countOf(counters, of.movedOn(id));
  return {
    stageId: id,
    name,
    type,
    entered,
    current: countOf(counters, of.current(id)),
    amountMinor: countOf(counters, of.amount(id)),
    movedOn,
    lost: countOf(counters, of.lost(id)),
    conversionToNext: ratio(movedOn, entered),
    conversionToWon: ratio(countOf(counters, of.won(id)), entered),
    timeInStageDays: statisticsOf(stays, counters.get(of.days(id)) ?? 0),
  };
}

/** Who is won or lost stays there: nothing is converted further and no time is measured. */
function closedStage({ id, name, type }: NamedStage, counters: Counters): FunnelStage {
  const current = countOf(counters, counter.stageCounters.current(id));
  return {
    stageId: id,
    name,
    type,
    entered: current,
    current,
    amountMinor: countOf(counters, counter.stageCounters.amount(id)),
    movedOn: 0,
    lost: 0,
    conversionToNext: null,
    conversionToWon: null,
    timeInStageDays: statisticsOf(new Map(), 0),
  };
}
