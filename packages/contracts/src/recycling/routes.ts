import * as z from "zod";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { PoolEntity } from "../pools/schemas.ts";
import { AccountRecycling, LeadRecycling } from "./countdown.ts";
import { RecyclingRuleSet, RecyclingRules } from "./rules.ts";

/** Each kind has rules, and a version of them, of its own. */
const OfKind = z.strictObject({
  entity: PoolEntity.default("lead").meta({ description: "What the rules are for; default: leads" }),
});

export const getRecyclingRules = defineRoute({
  id: "getRecyclingRules",
  domain: "organization",
  method: "GET",
  path: "/v1/recycling-rules",
  summary: "When leads, or accounts, that their owners leave alone go to which pool, in order",
  access: { entity: "organization", action: "read" },
  query: OfKind,
  status: 200,
  response: RecyclingRuleSet,
  etag: true,
  errors: [],
});

export const putRecyclingRules = defineRoute({
  id: "putRecyclingRules",
  domain: "organization",
  method: "PUT",
  path: "/v1/recycling-rules",
  summary:
    "Add, change, reorder and remove recycling rules in one step; all leads, or accounts, follow in the background",
  access: { entity: "organization", action: "update" },
  query: OfKind,
  body: RecyclingRules,
  status: 200,
  response: RecyclingRuleSet,
  etag: true,
  precondition: "if-match",
  errors: ["unknown_reference", "unknown_trigger"],
});

export const getLeadRecycling = defineRoute({
  id: "getLeadRecycling",
  domain: "leads",
  method: "GET",
  path: "/v1/leads/{id}/recycling",
  summary: "When a lead goes to a pool unless somebody follows it up, by which rule and why",
  access: { entity: "lead", action: "read" },
  params: z.strictObject({ id: idOf("lead") }),
  status: 200,
  response: LeadRecycling,
  errors: ["not_found"],
});

export const getAccountRecycling = defineRoute({
  id: "getAccountRecycling",
  domain: "accounts",
  method: "GET",
  path: "/v1/accounts/{id}/recycling",
  summary: "When an account goes to a pool unless something is done with it, by which rule and why",
  access: { entity: "account", action: "read" },
  params: z.strictObject({ id: idOf("account") }),
  status: 200,
  response: AccountRecycling,
  errors: ["not_found"],
});
