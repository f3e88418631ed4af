import { defineRoute } from "../kit/route.ts";
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
