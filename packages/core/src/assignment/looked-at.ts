import type { AssignmentRule } from "@shangji/contracts/assignment/schemas";
import { fieldsLookedAtBy } from "../leads/fields-looked-at.ts";

/** Names of the fields of a lead that rules look at, as a record has them. */
export function fieldsLookedAt(rules: readonly AssignmentRule[]): string[] {
  const fields = new Set<string>();
  for (const { enabled, when, target } of rules) {
    if (!enabled) continue;
    if (when) for (const field of fieldsLookedAtBy(when)) fields.add(field);
    if (target.kind === "territory") fields.add("region");
    if (target.kind === "account_owner") fields.add("company");
  }
  return [...fields].sort();
}
