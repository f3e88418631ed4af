import * as z from "zod";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { RecordId } from "../timeline/schemas.ts";
import { AccessPolicy, AccessRules, ExplainQuery, Explanation, NewShare, Share, Shares } from "./schemas.ts";

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

const record = z.strictObject({ id: RecordId });
const share = z.strictObject({ id: RecordId, principalId: z.union([idOf("user"), idOf("team")]) });

export const listShares = defineRoute({
  id: "listShares",
  domain: "access",
  method: "GET",
  path: "/v1/records/{id}/shares",
  summary: "With whom a record is shared",
  access: { entity: "organization", action: "read" },
  params: record,
  status: 200,
  response: Shares,
  errors: ["not_found"],
});

export const putShare = defineRoute({
  id: "putShare",
  domain: "access",
  method: "PUT",
  path: "/v1/records/{id}/shares/{principalId}",
  summary: "Share a record with a user or a team; it holds within half a minute",
  access: { entity: "organization", action: "read" },
  params: share,
  body: NewShare,
  status: 200,
  response: Share,
  errors: ["not_found", "unknown_reference", "too_many_shares"],
});

export const endShare = defineRoute({
  id: "endShare",
  domain: "access",
  method: "POST",
  path: "/v1/records/{id}/shares/{principalId}/end",
  summary: "End a share; a repeat changes nothing",
  access: { entity: "organization", action: "read" },
  params: share,
  body: z.strictObject({}),
  status: 204,
  errors: ["not_found"],
});
