import { defineRoute } from "../kit/route.ts";
import { AccessPolicy, AccessRules, ExplainQuery, Explanation } from "./schemas.ts";

export const getAccessPolicy = defineRoute({
  id: "getAccessPolicy",
  domain: "access",
  method: "GET",
  path: "/v1/access/policy",
  summary: "Read what each role may do",
  access: { entity: "policy", action: "read" },
  status: 200,
  response: AccessPolicy,
  etag: true,
  errors: [],
});

export const putAccessPolicy = defineRoute({
  id: "putAccessPolicy",
  domain: "access",
  method: "PUT",
  path: "/v1/access/policy",
  summary: "Replace what each role may do; it holds within a minute",
  access: { entity: "policy", action: "update" },
  body: AccessRules,
  status: 200,
  response: AccessPolicy,
  etag: true,
  precondition: "if-match",
  errors: ["policy_locks_out"],
});

export const explainAccess = defineRoute({
  id: "explainAccess",
  domain: "access",
  method: "GET",
  path: "/v1/access/explain",
  summary: "Which rule lets the caller do something with a record, or does not",
  access: { entity: "organization", action: "read" },
  query: ExplainQuery,
  status: 200,
  response: Explanation,
  errors: ["not_found"],
});
