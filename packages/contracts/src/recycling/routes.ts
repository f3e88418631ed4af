import * as z from "zod";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { LeadRecycling } from "./lead-recycling.ts";
import { RecyclingRuleSet, RecyclingRules } from "./rules.ts";

export const getRecyclingRules = defineRoute({
  id: "getRecyclingRules",
  domain: "organization",
  method: "GET",
  path: "/v1/recycling-rules",
  summary: "When leads that their owners leave alone go to which pool, in order",
  access: { entity: "organization", action: "read" },
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
  summary: "Add, change, reorder and remove recycling rules in one step; all leads follow in the background",
  access: { entity: "organization", action: "update" },
  body: RecyclingRules,
  status: 200,
  response: RecyclingRuleSet,
  etag: true,
  precondition: "if-match",
  errors: ["unknown_reference"],
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
