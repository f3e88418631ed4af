import * as z from "zod";
import { LeadResponse } from "../assignment/lead-response.ts";
import { LeadAssignment } from "../assignment/schemas.ts";
import { ContactLike, Duplicates } from "../duplicates/schemas.ts";
import { defineBatch } from "../kit/batch.ts";
import { DeletedQuery, Restoration } from "../kit/deleted.ts";
import { listErrors } from "../kit/list-query.ts";
import { ExternalId, idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { ConversionOffer, ConversionRequest } from "./conversion.ts";
import {
  Lead,
  LeadPage,
  LeadPatch,
  LeadQuery,
  LeadTransitionOffers,
  LeadTransitionRequest,
  NewLead,
  WrittenLead,
} from "./schemas.ts";

const params = z.strictObject({ id: idOf("lead") });

export const createLead = defineRoute({
  id: "createLead",
  domain: "leads",
  method: "POST",
  path: "/v1/leads",
  summary: "Add a lead",
  access: { entity: "lead", action: "create" },
  body: NewLead,
  status: 201,
  response: WrittenLead,
  etag: true,
  errors: ["duplicate_value", "duplicate", "unknown_reference", "inactive_reference"],
});

export const getLead = defineRoute({
  id: "getLead",
  domain: "leads",
  method: "GET",
  path: "/v1/leads/{id}",
  summary: "Read a lead",
  access: { entity: "lead", action: "read" },
  params,
  status: 200,
  response: Lead,
  etag: true,
  errors: ["not_found"],
});

export const listLeads = defineRoute({
  id: "listLeads",
  domain: "leads",
  method: "GET",
  path: "/v1/leads",
  summary: "List leads, latest change first unless sorted otherwise",
  access: { entity: "lead", action: "read" },
  query: LeadQuery,
  status: 200,
  response: LeadPage,
  errors: listErrors,
});

export const updateLead = defineRoute({
  id: "updateLead",
  domain: "leads",
  method: "PATCH",
  path: "/v1/leads/{id}",
  summary: "Change a lead's fields; its status changes only by a transition",
  access: { entity: "lead", action: "update" },
  params,
  body: LeadPatch,
  status: 200,
  response: WrittenLead,
  etag: true,
  precondition: "if-match",
  errors: [
    "not_found",
    "already_converted",
    "pooled",
    "unknown_reference",
    "inactive_reference",
    "duplicate_value",
    "duplicate",
  ],
});

export const deleteLead = defineRoute({
  id: "deleteLead",
  domain: "leads",
  method: "DELETE",
  path: "/v1/leads/{id}",
  summary: "Delete a lead; its unique values become free",
  access: { entity: "lead", action: "delete" },
  params,
  status: 204,
  precondition: "if-match",
  errors: ["not_found", "pooled"],
});

export const listLeadTransitions = defineRoute({
  id: "listLeadTransitions",
  domain: "leads",
  method: "GET",
  path: "/v1/leads/{id}/transitions",
  summary: "Which status a lead can move to, and what still blocks each move",
  access: { entity: "lead", action: "read" },
  params,
  status: 200,
  response: LeadTransitionOffers,
  errors: ["not_found"],
});

export const transitionLead = defineRoute({
  id: "transitionLead",
  domain: "leads",
  method: "POST",
  path: "/v1/leads/{id}/transitions",
  summary: "Move a lead to another status in one conditional write; a refusal names every failed rule",
  access: { entity: "lead", action: "update" },
  params,
  body: LeadTransitionRequest,
  status: 200,
  response: Lead,
  etag: true,
  precondition: "optional-if-match",
  errors: ["not_found", "conflict", "pooled", "transition_refused", "unknown_reference", "inactive_reference"],
});

export const getLeadConversion = defineRoute({
  id: "getLeadConversion",
  domain: "leads",
  method: "GET",
  path: "/v1/leads/{id}/conversion",
  summary: "Accounts and contacts that a lead may be already, and what stands against its conversion",
  access: { entity: "lead", action: "read" },
  params,
  status: 200,
  response: ConversionOffer,
  errors: ["not_found"],
});

export const convertLead = defineRoute({
  id: "convertLead",
  domain: "leads",
  method: "POST",
  path: "/v1/leads/{id}/conversion",
  summary:
    "Make an account, a contact and an opportunity of a lead, or part of ones that are there, in one transaction",
  access: { entity: "lead", action: "update" },
  params,
  body: ConversionRequest,
  status: 200,
  response: Lead,
  etag: true,
  precondition: "optional-if-match",
  errors: [
    "not_found",
    "conflict",
    "already_converted",
    "pooled",
    "transition_refused",
    "unknown_reference",
    "inactive_reference",
    "currency_without_rate",
    "duplicate_value",
    "duplicate",
  ],
});

export const listDeletedLeads = defineRoute({
  id: "listDeletedLeads",
  domain: "leads",
  method: "GET",
  path: "/v1/leads/deleted",
  summary: "List leads that were deleted in the last thirty days and can be restored, latest deletion first",
  access: { entity: "lead", action: "delete" },
  query: DeletedQuery,
  status: 200,
  response: LeadPage,
  errors: ["invalid_cursor"],
});

export const restoreLead = defineRoute({
  id: "restoreLead",
  domain: "leads",
  method: "POST",
  path: "/v1/leads/{id}/restoration",
  summary: "Bring back a lead that was deleted in the last thirty days, with its unique values if they are still free",
  access: { entity: "lead", action: "delete" },
  params,
  body: Restoration,
  status: 200,
  response: Lead,
  etag: true,
  precondition: "optional-if-match",
  errors: ["not_found", "conflict", "duplicate_value", "duplicate"],
});

export const findLeadDuplicates = defineRoute({
  id: "findLeadDuplicates",
  domain: "leads",
  method: "GET",
  path: "/v1/leads/duplicates",
  summary: "Leads and contacts that look like a lead that is about to be added",
  access: { entity: "lead", action: "read" },
  query: ContactLike,
  status: 200,
  response: Duplicates,
  errors: [],
});

export const getLeadDuplicates = defineRoute({
  id: "getLeadDuplicates",
  domain: "leads",
  method: "GET",
  path: "/v1/leads/{id}/duplicates",
  summary: "Other leads, and contacts, that look like this lead",
  access: { entity: "lead", action: "read" },
  params,
  status: 200,
  response: Duplicates,
  errors: ["not_found"],
});

export const getLeadAssignment = defineRoute({
  id: "getLeadAssignment",
  domain: "leads",
  method: "GET",
  path: "/v1/leads/{id}/assignment",
  summary: "By which rule a lead was given to whom, and why not to others",
  access: { entity: "lead", action: "read" },
  params,
  status: 200,
  response: LeadAssignment,
  errors: ["not_found"],
});

export const getLeadResponse = defineRoute({
  id: "getLeadResponse",
  domain: "leads",
  method: "GET",
  path: "/v1/leads/{id}/response",
  summary: "By when a lead must be answered, who has had it so far, and what follows next",
  access: { entity: "lead", action: "read" },
  params,
  status: 200,
  response: LeadResponse,
  errors: ["not_found"],
});

export const putLead = defineRoute({
  id: "putLead",
  domain: "leads",
  method: "PUT",
  path: "/v1/leads/by-external-id/{source}/{id}",
  summary: "Give a lead of another system these fields; it is added if it is not there",
  access: { entity: "lead", action: "create" },
  orAccess: { entity: "lead", action: "update" },
  params: ExternalId,
  body: LeadPatch,
  status: 200,
  response: Lead,
  etag: true,
  precondition: "optional-if-match",
  upserts: true,
  errors: ["already_converted", "pooled", "duplicate_value", "unknown_reference", "inactive_reference"],
});

export const batchLeads = defineBatch({
  id: "batchLeads",
  domain: "leads",
  entity: "lead",
  path: "/v1/leads/batch",
  summary: "Add, change or put up to a hundred leads, each with a result of its own",
  rows: { create: NewLead, fields: LeadPatch, upsertFields: LeadPatch },
  rowErrors: ["not_found", "already_converted", "pooled", "duplicate_value", "unknown_reference", "inactive_reference"],
});
