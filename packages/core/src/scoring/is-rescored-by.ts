import type { ScoringRules } from "@shangji/contracts/scoring/schemas";
import { fieldsLookedAtBy } from "../leads/fields-looked-at.ts";
import type { KeptProgress } from "./ports.ts";

/** What an event says of a change of a lead; a new or a restored one has no fields that it had before. */
export interface LeadChange {
  /** Names of the changed fields. @default all */
  fields?: readonly string[] | undefined;
}

/**
 * Whether a change asks for a new score: one of a field that rules look at does, and while all leads are scored anew any does, as it
 * has moved the lead to where that has been already. Rules and progress may both be 30 s old: scoring all leads begins later than
 * that after the change of the rules, so whoever still has the former progress takes it for one that is to begin.
 */
export function isRescoredBy(
  { fields }: LeadChange,
  { rules, progress }: { rules: ScoringRules; progress: KeptProgress | undefined },
): boolean {
  if (rules.version === 0) return false;
  const isUnderWay = progress?.rulesVersion !== rules.version || progress.state === "running";
  if (!fields || isUnderWay) return true;
  const used = fieldsUsedBy(rules);
  // Every change is one of the time of the last change.
  return used.has("updatedAt") || fields.some((field) => used.has(field));
}

/** Names of the fields of leads that rules look at. */
function fieldsUsedBy({ groups }: ScoringRules): ReadonlySet<string> {
  const conditions = groups.flatMap((group) => (group.kind === "fit" ? group.rules.map(({ when }) => when) : []));
  const fields = new Set(conditions.flatMap((when) => [...fieldsLookedAtBy(when)]));
  // The pool that a lead waits in is part of another field.
  return fields.has("poolId") ? fields.add("pool") : fields;
}
