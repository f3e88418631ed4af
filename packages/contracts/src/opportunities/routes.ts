import * as z from "zod";
import { defineBatch } from "../kit/batch.ts";
import { DeletedQuery, Restoration } from "../kit/deleted.ts";
import { listErrors } from "../kit/list-query.ts";
import { ExternalId, idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import {
  NewOpportunity,
  Opportunity,
  OpportunityPage,
  OpportunityPatch,
  OpportunityQuery,
  OpportunityUpsert,
  TransitionOffers,
  TransitionRequest,
} from "./schemas.ts";

const params = z.strictObject({ id: idOf("opportunity") });

export const createOpportunity = defineRoute({
  id: "createOpportunity",
  domain: "opportunities",
  method: "POST",
  path: "/v1/opportunities",
  summary: "Add an opportunity; it enters an open stage of its pipeline",
  access: { entity: "opportunity", action: "create" },
  body: NewOpportunity,
  status: 201,
  response: Opportunity,
  etag: true,
  errors: ["duplicate_value", "unknown_reference", "inactive_reference", "currency_without_rate"],
});

export const getOpportunity = defineRoute({
  id: "getOpportunity",
  domain: "opportunities",
  method: "GET",
  path: "/v1/opportunities/{id}",
  summary: "Read an opportunity",
  access: { entity: "opportunity", action: "read" },
  params,
  status: 200,
  response: Opportunity,
  etag: true,
  errors: ["not_found"],
});

export const listOpportunities = defineRoute({
  id: "listOpportunities",
  domain: "opportunities",
  method: "GET",
  path: "/v1/opportunities",
  summary: "List opportunities, latest change first unless sorted otherwise",
  access: { entity: "opportunity", action: "read" },
  query: OpportunityQuery,
  status: 200,
  response: OpportunityPage,
  errors: listErrors,
});

export const updateOpportunity = defineRoute({
  id: "updateOpportunity",
  domain: "opportunities",
  method: "PATCH",
  path: "/v1/opportunities/{id}",
  summary: "Change an opportunity's fields; its stage changes only by a transition",
  access: { entity: "opportunity", action: "update" },
  params,
  body: OpportunityPatch,
  status: 200,
  response: Opportunity,
  etag: true,
  precondition: "if-match",
  errors: [
    "not_found",
    "unknown_reference",
    "inactive_reference",
    "currency_without_rate",
    "stage_not_editable",
    "duplicate_value",
  ],
});

export const deleteOpportunity = defineRoute({
  id: "deleteOpportunity",
  domain: "opportunities",
  method: "DELETE",
  path: "/v1/opportunities/{id}",
  summary: "Delete an opportunity; it leaves lists and analytics, and its unique values become free",
  access: { entity: "opportunity", action: "delete" },
  params,
  status: 204,
  precondition: "if-match",
  errors: ["not_found"],
});

export const listTransitions = defineRoute({
  id: "listTransitions",
  domain: "opportunities",
  method: "GET",
  path: "/v1/opportunities/{id}/transitions",
  summary: "The legal stage changes of an opportunity, and what still blocks each",
  access: { entity: "opportunity", action: "read" },
  params,
  status: 200,
  response: TransitionOffers,
  errors: ["not_found"],
});

export const transitionOpportunity = defineRoute({
  id: "transitionOpportunity",
  domain: "opportunities",
  method: "POST",
  path: "/v1/opportunities/{id}/transitions",
  summary: "Move an opportunity to another stage in one conditional write; a refusal names every failed rule",
  access: { entity: "opportunity", action: "update" },
  params,
  body: TransitionRequest,
  status: 200,
  response: Opportunity,
  etag: true,
  precondition: "optional-if-match",
  errors: [
    "not_found",
    "conflict",
    "transition_refused",
    "unknown_reference",
    "inactive_reference",
    "currency_without_rate",
  ],
});

export const listDeletedOpportunities = defineRoute({
  id: "listDeletedOpportunities",
  domain: "opportunities",
  method: "GET",
  path: "/v1/opportunities/deleted",
  summary: "List opportunities that were deleted in the last thirty days and can be restored, latest deletion first",
  access: { entity: "opportunity", action: "delete" },
  query: DeletedQuery,
  status: 200,
  response: OpportunityPage,
  errors: ["invalid_cursor"],
});

export const restoreOpportunity = defineRoute({
  id: "restoreOpportunity",
  domain: "opportunities",
  method: "POST",
  path: "/v1/opportunities/{id}/restoration",
  summary:
    "Bring back an opportunity that was deleted in the last thirty days, with its unique values if they are still free",
  access: { entity: "opportunity", action: "delete" },
  params,
  body: Restoration,
  status: 200,
  response: Opportunity,
  etag: true,
  precondition: "optional-if-match",
  errors: ["not_found", "conflict", "duplicate_value"],
});

export const putOpportunity = defineRoute({
  id: "putOpportunity",
  domain: "opportunities",
  method: "PUT",
  path: "/v1/opportunities/by-external-id/{source}/{id}",
  summary: "Give an opportunity of another system these fields; it is added if it is not there",
  access: { entity: "opportunity", action: "create" },
  orAccess: { entity: "opportunity", action: "update" },
  params: ExternalId,
  body: OpportunityUpsert,
  status: 200,
  response: Opportunity,
  etag: true,
  precondition: "optional-if-match",
  upserts: true,
  errors: ["duplicate_value", "unknown_reference", "inactive_reference", "currency_without_rate"],
});

export const batchOpportunities = defineBatch({
  id: "batchOpportunities",
  domain: "opportunities",
  entity: "opportunity",
  path: "/v1/opportunities/batch",
  summary: "Add, change or put up to a hundred opportunities, each with a result of its own",
  rows: { create: NewOpportunity, fields: OpportunityPatch, upsertFields: OpportunityUpsert },
  rowErrors: [
    "not_found",
    "duplicate_value",
    "unknown_reference",
    "inactive_reference",
    "currency_without_rate",
    "stage_not_editable",
  ],
});
