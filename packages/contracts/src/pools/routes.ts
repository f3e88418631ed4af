import * as z from "zod";
import { Account } from "../accounts/schemas.ts";
import { BatchResult } from "../kit/batch.ts";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { Lead } from "../leads/schemas.ts";
import {
  AccountClaimRequest,
  ClaimRequest,
  NewPool,
  Pool,
  PoolAssignment,
  PooledAccountAssignment,
  PooledAccountPage,
  PooledAccountRemoval,
  PooledLeadPage,
  PoolHealth,
  PoolList,
  PoolPatch,
  PoolQuery,
  PoolRemoval,
  PoolReturn,
} from "./schemas.ts";

const params = z.strictObject({ id: idOf("pool") });

/** As many requests of its caller's budget as a list of leads counts as. */
const weight = 5;

export const createPool = defineRoute({
  id: "createPool",
  domain: "pools",
  method: "POST",
  path: "/v1/pools",
  summary: "Make a pool of leads, or of accounts, that nobody has",
  access: { entity: "organization", action: "create" },
  body: NewPool,
  status: 201,
  response: Pool,
  etag: true,
  errors: ["too_many_pools", "unknown_reference"],
});

export const getPool = defineRoute({
  id: "getPool",
  domain: "pools",
  method: "GET",
  path: "/v1/pools/{id}",
  summary: "Read a pool that one has a part in",
  access: { entity: "organization", action: "read" },
  params,
  status: 200,
  response: Pool,
  etag: true,
  errors: ["not_found"],
});

export const listPools = defineRoute({
  id: "listPools",
  domain: "pools",
  method: "GET",
  path: "/v1/pools",
  summary: "List the pools that one has a part in, all of them for admins, oldest first",
  access: { entity: "organization", action: "read" },
  status: 200,
  response: PoolList,
  errors: [],
});

export const updatePool = defineRoute({
  id: "updatePool",
  domain: "pools",
  method: "PATCH",
  path: "/v1/pools/{id}",
  summary: "Change a pool, its people and its limits",
  access: { entity: "organization", action: "update" },
  params,
  body: PoolPatch,
  status: 200,
  response: Pool,
  etag: true,
  precondition: "if-match",
  errors: ["not_found", "unknown_reference"],
});

export const deletePool = defineRoute({
  id: "deletePool",
  domain: "pools",
  method: "DELETE",
  path: "/v1/pools/{id}",
  summary: "Delete a pool that holds nothing",
  access: { entity: "organization", action: "delete" },
  params,
  status: 204,
  precondition: "if-match",
  errors: ["not_found", "pool_not_empty"],
});

export const listPooledLeads = defineRoute({
  id: "listPooledLeads",
  domain: "pools",
  method: "GET",
  path: "/v1/pools/{id}/leads",
  summary: "List the leads that wait in a pool, longest first",
  access: { entity: "lead", action: "read" },
  params,
  query: PoolQuery,
  status: 200,
  response: PooledLeadPage,
  errors: ["not_found", "invalid_cursor"],
});

export const claimLeads = defineRoute({
  id: "claimLeads",
  domain: "pools",
  method: "POST",
  path: "/v1/pools/{id}/claims",
  summary:
    "Take up to fifty leads out of a pool for oneself, each with a result of its own that names every failed rule",
  access: { entity: "lead", action: "update" },
  params,
  body: ClaimRequest,
  status: 200,
  response: BatchResult,
  weight,
  rowErrors: ["not_found", "not_in_pool", "claim_refused"],
  errors: ["not_found"],
});

export const assignPooledLeads = defineRoute({
  id: "assignPooledLeads",
  domain: "pools",
  method: "POST",
  path: "/v1/pools/{id}/assignments",
  summary: "Give up to fifty leads of a pool to somebody, as far as that person may hold them, each with a result",
  access: { entity: "lead", action: "update" },
  params,
  body: PoolAssignment,
  status: 200,
  response: BatchResult,
  weight,
  rowErrors: ["not_found", "not_in_pool", "claim_refused", "unknown_reference", "inactive_reference"],
  errors: ["not_found"],
});

export const removePooledLeads = defineRoute({
  id: "removePooledLeads",
  domain: "pools",
  method: "POST",
  path: "/v1/pools/{id}/removals",
  summary: "Take up to fifty leads out of a pool, to somebody or back to new, whatever its limits, each with a result",
  access: { entity: "lead", action: "update" },
  params,
  body: PoolRemoval,
  status: 200,
  response: BatchResult,
  weight,
  rowErrors: ["not_found", "not_in_pool", "unknown_reference", "inactive_reference"],
  errors: ["not_found"],
});

export const returnLead = defineRoute({
  id: "returnLead",
  domain: "pools",
  method: "POST",
  path: "/v1/leads/{id}/return",
  summary: "Put a lead into a pool, with a reason: it is nobody's then and stays as it is until somebody claims it",
  access: { entity: "lead", action: "update" },
  params: z.strictObject({ id: idOf("lead") }),
  body: PoolReturn,
  status: 200,
  response: Lead,
  etag: true,
  precondition: "optional-if-match",
  errors: ["not_found", "conflict", "pooled", "already_converted", "transition_refused", "unknown_reference"],
});

export const listPooledAccounts = defineRoute({
  id: "listPooledAccounts",
  domain: "pools",
  method: "GET",
  path: "/v1/pools/{id}/accounts",
  summary: "List the accounts that wait in a pool, longest first",
  access: { entity: "account", action: "read" },
  params,
  query: PoolQuery,
  status: 200,
  response: PooledAccountPage,
  errors: ["not_found", "invalid_cursor"],
});

export const claimAccounts = defineRoute({
  id: "claimAccounts",
  domain: "pools",
  method: "POST",
  path: "/v1/pools/{id}/accounts/claims",
  summary:
    "Take up to fifty accounts out of a pool for oneself, each with a result of its own that names every failed rule",
  access: { entity: "account", action: "update" },
  params,
  body: AccountClaimRequest,
  status: 200,
  response: BatchResult,
  weight,
  rowErrors: ["not_found", "not_in_pool", "claim_refused"],
  errors: ["not_found"],
});

export const assignPooledAccounts = defineRoute({
  id: "assignPooledAccounts",
  domain: "pools",
  method: "POST",
  path: "/v1/pools/{id}/accounts/assignments",
  summary: "Give up to fifty accounts of a pool to somebody, as far as that person may hold them, each with a result",
  access: { entity: "account", action: "update" },
  params,
  body: PooledAccountAssignment,
  status: 200,
  response: BatchResult,
  weight,
  rowErrors: ["not_found", "not_in_pool", "claim_refused", "unknown_reference", "inactive_reference"],
  errors: ["not_found"],
});

export const removePooledAccounts = defineRoute({
  id: "removePooledAccounts",
  domain: "pools",
  method: "POST",
  path: "/v1/pools/{id}/accounts/removals",
  summary: "Take up to fifty accounts out of a pool, to somebody or to nobody, whatever its limits, each with a result",
  access: { entity: "account", action: "update" },
  params,
  body: PooledAccountRemoval,
  status: 200,
  response: BatchResult,
  weight,
  rowErrors: ["not_found", "not_in_pool", "unknown_reference", "inactive_reference"],
  errors: ["not_found"],
});

export const returnAccount = defineRoute({
  id: "returnAccount",
  domain: "pools",
  method: "POST",
  path: "/v1/accounts/{id}/return",
  summary: "Put an account into a pool, with a reason: it is nobody's then and stays as it is until somebody claims it",
  access: { entity: "account", action: "update" },
  params: z.strictObject({ id: idOf("account") }),
  body: PoolReturn,
  status: 200,
  response: Account,
  etag: true,
  precondition: "optional-if-match",
  errors: ["not_found", "conflict", "pooled", "unknown_reference"],
});

export const getPoolHealth = defineRoute({
  id: "getPoolHealth",
  domain: "pools",
  method: "GET",
  path: "/v1/pools/{id}/health",
  summary:
    "How many records wait in a pool, since when, who has claimed, and how soon claims were followed up, for those who run it",
  access: { entity: "lead", action: "read" },
  params,
  status: 200,
  response: PoolHealth,
  errors: ["not_found"],
});
