import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { AnalyticsPorts } from "../analytics/ports.ts";
import { readStageTotals } from "../analytics/read-stage-totals.ts";
import { notFound } from "../kit/domain-error.ts";
import type { LaneStore, Page, Stored } from "../kit/record.ts";

/**
 * Every stage of a pipeline: how much is in it now, from the aggregates, and its first page of records, latest change first.
 * @throws DomainError `not_found`
 */
export async function readBoard(
  { pipelineId, limit }: { pipelineId: string; limit: number },
  deps: AnalyticsPorts & { opportunities: LaneStore<Opportunity> },
) {
  const stages = await deps.stages(pipelineId);
  if (!stages) throw notFound();
  const stageIds = stages.map((stage) => stage.id);
  const [totals, pages] = await Promise.all([
    readStageTotals({ pipelineId, stageIds }, deps),
    Promise.all(stageIds.map((id) => deps.opportunities.list({ by: "stage", id }, { limit }))),
  ]);
  const { asOf, lagSeconds, currency } = totals;
  return {
    asOf,
    lagSeconds,
    pipelineId,
    currency,
    stages: stages.map(({ id, name, type }, index) => ({
      stageId: id,
      name,
      type,
      count: totals.stages[index]?.count ?? 0,
      amountMinor: totals.stages[index]?.amountMinor ?? 0,
      opportunities: itemsOf(pages[index]),
    })),
  };
}

function itemsOf(page: Page<Stored<Opportunity>> | undefined): Stored<Opportunity>[] {
  return page?.items ?? [];
}
