import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Field } from "../conditions/field.ts";
import { leadFields } from "../leads/fields.ts";
import { type KeptScore, scoreAt } from "../scoring/kept-score.ts";

/** What conditions of assignment rules may look at: fields of leads, and what a lead is worth when it is decided about. */
export const routedLeadFields = { ...leadFields, score: { kind: "number" } as const satisfies Field };

/** A lead with its score as it is now; one without a score meets no condition on it. */
export function scoredLead<T extends Lead>(lead: T, kept: KeptScore | undefined, now: string): T & { score?: number } {
  if (!kept || kept.rulesVersion === 0) return lead;
  return { ...lead, score: scoreAt(kept, now).total };
}
