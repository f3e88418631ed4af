import type { Condition } from "@shangji/contracts/kit/condition";
import { partsOf } from "../conditions/field.ts";

/** Names of the fields of a lead that a condition looks at, as a record has them. */
export function fieldsLookedAtBy({ all = [], any = [], not, field }: Condition): ReadonlySet<string> {
  // Parts of `utm` and of `custom` are fields of conditions, and are hidden with them.
  const own = field === undefined ? [] : [/^utm[A-Z]/.test(field) ? "utm" : partsOf(field)[0]];
  const parts = [...all, ...any, ...(not ? [not] : [])];
  return new Set([...own, ...parts.flatMap((part) => [...fieldsLookedAtBy(part)])]);
}
