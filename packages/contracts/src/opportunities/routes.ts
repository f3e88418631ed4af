import * as z from "zod";
import { listErrors } from "../kit/list-query.ts";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import {
  NewOpportunity,
  Opportunity,
  OpportunityPage,
  OpportunityPatch,
  OpportunityQuery,
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
  errors: ["duplicate_value", "unknown_reference", "currency_without_rate"],
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
  errors: ["not_found", "unknown_reference", "currency_without_rate", "stage_not_editable"],
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
  errors: ["not_found", "conflict", "transition_refused", "unknown_reference", "currency_without_rate"],
});
