import { defineRoute } from "../kit/route.ts";
import { AssignmentBacktest, AssignmentBacktestRequest } from "./backtest.ts";
import { ResponsePolicies, ResponsePolicySet } from "./response-policies.ts";
import { AssignmentRuleSet, AssignmentRules } from "./schemas.ts";

export const getAssignmentRules = defineRoute({
  id: "getAssignmentRules",
  domain: "organization",
  method: "GET",
  path: "/v1/assignment-rules",
  summary: "The rules by which new leads are given to people, in order",
  access: { entity: "organization", action: "read" },
  status: 200,
  response: AssignmentRuleSet,
  etag: true,
  errors: [],
});

export const putAssignmentRules = defineRoute({
  id: "putAssignmentRules",
  domain: "organization",
  method: "PUT",
  path: "/v1/assignment-rules",
  summary: "Add, change, reorder, switch off and remove assignment rules in one step; they hold within half a minute",
  access: { entity: "organization", action: "update" },
  body: AssignmentRules,
  status: 200,
  response: AssignmentRuleSet,
  etag: true,
  precondition: "if-match",
  errors: ["unknown_reference"],
});

export const backtestAssignmentRules = defineRoute({
  id: "backtestAssignmentRules",
  domain: "leads",
  method: "POST",
  path: "/v1/assignment-rules/backtest",
  summary: "Try assignment rules on the leads of a past period: who would have got what. Nothing is changed",
  access: { entity: "organization", action: "update" },
  asks: true,
  body: AssignmentBacktestRequest,
  status: 200,
  response: AssignmentBacktest,
  errors: ["unknown_reference", "query_too_expensive"],
});

export const getResponsePolicies = defineRoute({
  id: "getResponsePolicies",
  domain: "organization",
  method: "GET",
  path: "/v1/response-policies",
  summary: "How soon leads must be answered, and what follows when they are not, in order",
  access: { entity: "organization", action: "read" },
  status: 200,
  response: ResponsePolicySet,
  etag: true,
  errors: [],
});

export const putResponsePolicies = defineRoute({
  id: "putResponsePolicies",
  domain: "organization",
  method: "PUT",
  path: "/v1/response-policies",
  summary: "Add, change, reorder and remove response policies in one step; open clocks follow within minutes",
  access: { entity: "organization", action: "update" },
  body: ResponsePolicies,
  status: 200,
  response: ResponsePolicySet,
  etag: true,
  precondition: "if-match",
  errors: ["unknown_reference"],
});
