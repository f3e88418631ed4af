import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { Opportunities } from "@shangji/core/opportunities/ports";
import type { Table } from "../kit/client.ts";
import { externalIdValue } from "../kit/external-id.ts";
import { laneStore } from "../kit/lane-list.ts";
import { teamStatusOf, undated } from "../kit/lane-reader.ts";
import { type RecordShape, recordStore } from "../kit/record-store.ts";

/**
 * Opportunities, each in a partition of its own (with its notes, timeline and projection marker).
 * - one by id: GetItem, 0.5 RCU
 * - of an owner / a team / a stage / an account: Query gsi1..gsi4, latest change first
 * - everything: merge of the teams' lanes
 * - of a team and status by closing date / by amount: Query gsi7 / gsi8, and BatchGetItem
 * - by external id: GetItem of the unique value
 */
export const opportunityShape: RecordShape<Opportunity> = {
  kind: "opportunity",
  key: "id",
  attributes: {
    name: "string",
    ownerId: "string",
    teamId: "string",
    accountId: "string",
    productIds: "any",
    pipelineId: "string",
    pipelineVersion: "number",
    stageId: "string",
    status: "string",
    amountMinor: "number",
    currency: "string",
    baseAmountMinor: "number",
    expectedCloseDate: "string",
    source: "string",
    industry: "string",
    tags: "any",
    externalId: "any",
    openedAt: "string",
    closedAt: "string",
    firstClosedAt: "string",
    lostReason: "string",
    history: "any",
    closesOn: "string",
    teamStatus: "string",
  },
  uniques: (opportunity) => externalIdValue(opportunity.externalId),
  // An index has no place for what is missing, and a deal without a date must stay listed.
  derived: ({ expectedCloseDate = undated, teamId, status }) => ({
    closesOn: expectedCloseDate,
    teamStatus: teamStatusOf(teamId, status),
  }),
};

export function opportunitiesIn(table: Table): Opportunities {
  return { ...recordStore(table, opportunityShape), ...laneStore(table, opportunityShape) };
}
