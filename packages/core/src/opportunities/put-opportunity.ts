import type { ExternalId } from "@shangji/contracts/kit/primitives";
import {
  NewOpportunity,
  type Opportunity,
  type OpportunityUpsert,
  type TransitionFields,
} from "@shangji/contracts/opportunities/schemas";
import { externalIdValue } from "../kit/external-id.ts";
import { newFields, type PutRecord, putByExternalId } from "../kit/put-by-external-id.ts";
import { createOpportunity } from "./create-opportunity.ts";
import type { OpportunityDeps } from "./ports.ts";
import { changeOpportunity } from "./update-opportunity.ts";

export interface OpportunityPut {
  externalId: ExternalId;
  fields: OpportunityUpsert;
  expectedVersion?: number | undefined;
}

/**
 * Adds the deal of another system, or gives it these fields. A deal that is there stays in its stage: only a transition
 * moves it, so `onCreate` says nothing to it. @throws DomainError as `createOpportunity` and `updateOpportunity` do
 */
export async function putOpportunity(
  { externalId, fields: { onCreate, ...fields }, expectedVersion }: OpportunityPut,
  deps: OpportunityDeps,
): Promise<PutRecord<Opportunity>> {
  const { opportunities } = deps;
  return putByExternalId<Opportunity, TransitionFields>({
    fields,
    expectedVersion,
    find: () => opportunities.getByUnique(externalIdValue(externalId)),
    create: () => createOpportunity(newFields(NewOpportunity, { ...fields, ...onCreate, externalId }), deps),
    change: (before, changed) => changeOpportunity(before, changed, { ...deps, command: "putOpportunity" }),
  });
}
