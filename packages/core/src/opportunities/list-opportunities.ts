import type { Opportunity, OpportunityQuery } from "@shangji/contracts/opportunities/schemas";
import { laneOf } from "../kit/lane.ts";
import type { ListPosition, Page, Stored } from "../kit/record.ts";
import type { Teams } from "../people/ports.ts";
import type { Opportunities } from "./ports.ts";

/** One lane of opportunities, latest change first. */
export async function listOpportunities(
  input: { query: Omit<OpportunityQuery, "cursor">; after?: ListPosition | undefined },
  deps: { opportunities: Opportunities; teams: Teams },
): Promise<Page<Stored<Opportunity>>> {
  const lane = await laneOf(input.query, deps.teams);
  return deps.opportunities.list(lane, { limit: input.query.limit, after: input.after });
}
