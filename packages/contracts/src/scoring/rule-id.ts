import * as z from "zod";

/** Name of a rule within its set: whoever writes the rules gives it, and it stays when the rule is changed. */
export const RuleId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, "must be 1 to 40 small letters, digits, - and _")
  .meta({ example: "big-company" });

/** Whether no two of them have the same id. */
export function areNamedOnce(rules: readonly { id: string }[]): boolean {
  return new Set(rules.map(({ id }) => id)).size === rules.length;
}
