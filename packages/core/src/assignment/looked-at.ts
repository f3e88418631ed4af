import type { AssignmentRule } from "@shangji/contracts/assignment/schemas";
import type { Condition } from "@shangji/contracts/kit/condition";

/** Names of the fields of a lead that rules look at, as a record has them. */
export function fieldsLookedAt(rules: readonly AssignmentRule[]): string[] {
  const fields = new Set<string>();
  for (const { enabled, when, target } of rules) {
    if (!enabled) continue;
    if (when) addFields(when, fields);
    if (target.kind === "territory") fields.add("region");
  }
  return [...fields].sort();
}

function addFields({ all = [], any = [], not, field }: Condition, fields: Set<string>): void {
  // Parts of `utm` are fields of conditions, and are hidden with it.
  if (field !== undefined) fields.add(/^utm[A-Z]/.test(field) ? "utm" : field);
  for (const part of [...all, ...any, ...(not ? [not] : [])]) addFields(part, fields);
}
