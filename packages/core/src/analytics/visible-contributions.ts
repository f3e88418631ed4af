import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import { belongsTo, type Visibility } from "../access/viewer.ts";
import { DomainError } from "../kit/domain-error.ts";
import type { LanePart, LaneStore, RecordStore } from "../kit/record.ts";
import { readBudget } from "../lists/read-budget.ts";
import type { Fold } from "./cells.ts";
import { contribute, type PipelineStages } from "./contributions.ts";
import { factsOf, UnreadableImage } from "./facts.ts";
import { factsSourceOf } from "./facts-source.ts";

export interface CountedDeals {
  opportunities: Pick<LaneStore<Opportunity>, "gather"> & Pick<RecordStore<Opportunity>, "getMany">;
  pipelineStages: PipelineStages;
  /** Zone of the organisation. */
  zone: string;
}

/**
 * What all opportunities contribute that a caller may see, counted one by one as they are now. Cells by source, product and industry do
 * not tell whose deals they count, and cells of each owner besides would be as many more writes for every change of a deal.
 * @throws DomainError `query_too_expensive` when the caller sees more of them than one answer reads
 */
export async function visibleContributions(
  visibility: NonNullable<Visibility>,
  { opportunities, pipelineStages, zone }: CountedDeals,
): Promise<Fold> {
  const { ownerId, teamIds, recordIds } = visibility;
  const teams = teamIds.map((id): LanePart => ({ by: "team", id, without: ownerId }));
  const [own, shared] = await Promise.all([
    opportunities.gather([{ by: "owner", id: ownerId }, ...teams], readBudget.figures),
    opportunities.getMany(recordIds),
  ]);
  if (!own) throw tooMany();
  const beside = [...shared.values()].filter((deal) => !belongsTo(visibility, deal));
  const fold: Fold = new Map();
  for (const deal of [...own, ...beside]) {
    const facts = factsOf(factsSourceOf(deal, zone));
    if (!facts) continue;
    const stages = await pipelineStages(facts.pipelineId, facts.pipelineVersion);
    if (!stages) throw new UnreadableImage("there is no such pipeline version");
    contribute(fold, facts, stages, 1);
  }
  return fold;
}

/** It says nothing of how many there are, nor of deals that the caller may not see. */
function tooMany(): DomainError {
  const most = readBudget.figures.toLocaleString("en");
  return new DomainError(
    "query_too_expensive",
    `This grouping reads the deals that you see, and takes ${most} at most.`,
    {
      errors: [{ pointer: "/query/groupBy", message: `needs ${most} deals at most` }],
      alternatives: ["Group by none, owner, team or region; these are kept for any number of deals."],
    },
  );
}
