import * as z from "zod";
import { BatchResult, batchWeight } from "../kit/batch.ts";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { BehaviourEvents } from "./behaviour.ts";
import { ScoredLead, ScoringProgress, ScoringRuleSet, ScoringRules } from "./schemas.ts";

export const getScoringRules = defineRoute({
  id: "getScoringRules",
  domain: "scoring",
  method: "GET",
  path: "/v1/scoring-rules",
  summary: "The rules by which leads are scored; those that look at fields which the caller may not see are left out",
  access: { entity: "organization", action: "read" },
  status: 200,
  response: ScoringRules,
  etag: true,
  errors: [],
});

export const putScoringRules = defineRoute({
  id: "putScoringRules",
  domain: "scoring",
  method: "PUT",
  path: "/v1/scoring-rules",
  summary: "Replace the rules by which leads are scored; every lead is scored anew in the background",
  access: { entity: "organization", action: "update" },
  body: ScoringRuleSet,
  status: 200,
  response: ScoringRules,
  etag: true,
  precondition: "if-match",
  errors: [],
});

export const getScoringProgress = defineRoute({
  id: "getScoringProgress",
  domain: "scoring",
  method: "GET",
  path: "/v1/scoring-rules/progress",
  summary: "How many leads have been scored anew since the rules were changed",
  access: { entity: "organization", action: "read" },
  status: 200,
  response: ScoringProgress,
  errors: [],
});

export const getLeadScore = defineRoute({
  id: "getLeadScore",
  domain: "scoring",
  method: "GET",
  path: "/v1/leads/{id}/score",
  summary: "What a lead is worth now, and which rules say so",
  access: { entity: "lead", action: "read" },
  params: z.object({ id: idOf("lead") }),
  status: 200,
  response: ScoredLead,
  errors: ["not_found"],
});

export const recordBehaviour = defineRoute({
  id: "recordBehaviour",
  domain: "scoring",
  method: "POST",
  path: "/v1/behaviour-events",
  summary: "Tell of up to a hundred things that happened on the side of leads; each counts once, and has a result",
  access: { entity: "lead", action: "update" },
  body: BehaviourEvents,
  status: 200,
  response: BatchResult,
  weight: batchWeight,
  rowErrors: ["not_found", "event_out_of_time"],
  errors: [],
});
