import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import { dateIn } from "../kit/zone.ts";
import type { OpportunityFactsSource } from "./facts.ts";

/** Reads a stored opportunity for the analytics: its instants become dates in the organisation's zone. */
export function factsSourceOf(
  opportunity: Opportunity & { deletedAt?: string | undefined },
  zone: string,
): OpportunityFactsSource {
  const { closedAt, history } = opportunity;
  return {
    id: opportunity.id,
    version: opportunity.version,
    deletedAt: opportunity.deletedAt,
    pipelineId: opportunity.pipelineId,
    pipelineVersion: opportunity.pipelineVersion,
    stageId: opportunity.stageId,
    status: opportunity.status,
    ownerId: opportunity.ownerId,
    teamId: opportunity.teamId,
    source: opportunity.source,
    productIds: opportunity.productIds,
    industry: opportunity.industry,
    baseAmountMinor: opportunity.baseAmountMinor,
    openedOn: dateIn(zone, opportunity.openedAt ?? opportunity.createdAt),
    closedOn: closedAt === undefined ? undefined : dateIn(zone, closedAt),
    history: history.map(({ stageId, enteredAt, exitedAt }) => ({
      stageId,
      enteredOn: dateIn(zone, enteredAt),
      exitedOn: exitedAt === undefined ? undefined : dateIn(zone, exitedAt),
    })),
  };
}
