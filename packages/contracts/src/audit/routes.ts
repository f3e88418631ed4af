import * as z from "zod";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { AuditPage, AuditQuery, HistoryQuery } from "./schemas.ts";

export const getAccountHistory = defineRoute({
  id: "getAccountHistory",
  domain: "audit",
  method: "GET",
  path: "/v1/accounts/{id}/history",
  summary:
    "Every change of an account, field by field, and of its shares, newest first; of a deleted one for admins only",
  access: { entity: "account", action: "read" },
  params: z.strictObject({ id: idOf("account") }),
  query: HistoryQuery,
  status: 200,
  response: AuditPage,
  errors: ["not_found", "invalid_cursor"],
});

export const getContactHistory = defineRoute({
  id: "getContactHistory",
  domain: "audit",
  method: "GET",
  path: "/v1/contacts/{id}/history",
  summary:
    "Every change of a contact, field by field, and of its shares, newest first; of a deleted one for admins only",
  access: { entity: "contact", action: "read" },
  params: z.strictObject({ id: idOf("contact") }),
  query: HistoryQuery,
  status: 200,
  response: AuditPage,
  errors: ["not_found", "invalid_cursor"],
});

export const getOpportunityHistory = defineRoute({
  id: "getOpportunityHistory",
  domain: "audit",
  method: "GET",
  path: "/v1/opportunities/{id}/history",
  summary:
    "Every change of an opportunity, field by field, and of its shares, newest first; of a deleted one for admins only",
  access: { entity: "opportunity", action: "read" },
  params: z.strictObject({ id: idOf("opportunity") }),
  query: HistoryQuery,
  status: 200,
  response: AuditPage,
  errors: ["not_found", "invalid_cursor"],
});

export const getLeadHistory = defineRoute({
  id: "getLeadHistory",
  domain: "audit",
  method: "GET",
  path: "/v1/leads/{id}/history",
  summary: "Every change of a lead, field by field, newest first; of a deleted one for admins only",
  access: { entity: "lead", action: "read" },
  params: z.strictObject({ id: idOf("lead") }),
  query: HistoryQuery,
  status: 200,
  response: AuditPage,
  errors: ["not_found", "invalid_cursor"],
});

export const listAudit = defineRoute({
  id: "listAudit",
  domain: "audit",
  method: "GET",
  path: "/v1/audit",
  summary: "Every change of every record and every sign-in, newest first",
  access: { entity: "audit", action: "read" },
  query: AuditQuery,
  status: 200,
  response: AuditPage,
  errors: ["invalid_cursor"],
});
