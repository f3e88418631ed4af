import type { Condition } from "@shangji/contracts/kit/condition";

/** Names of the fields of a lead that a condition looks at, as a record has them. */
export function fieldsLookedAtBy({ all = [], any = [], not, field }: Condition): ReadonlySet<string> {
  // Parts of `utm` are fields of conditions, and are hidden with it.
  const own = field === undefined ? [] : [/^utm[A-Z]/.test(field) ? "utm" : field];
  const parts = [...all, ...any, ...(not ? [not] : [])];
  return new Set([...own, ...parts.flatMap((part) => [...fieldsLookedAtBy(part)])]);
}
