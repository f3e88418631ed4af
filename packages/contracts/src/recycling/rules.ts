import * as z from "zod";
import { BoundedCondition } from "../kit/condition.ts";
import { idOf, LocalizedText, recordFields } from "../kit/primitives.ts";
import { areNamedOnce, RuleId } from "../scoring/rule-id.ts";

export const recyclingLimits = { rules: 50, days: 3_650, warnings: 10, terms: 20, depth: 3 } as const;

/**
 * From what days are counted: the last follow-up of the present owner's time (a follow-up note of a person, the beginning of
 * work on it; at first the assignment), since the present owner has it without converting it, or since the record was made. Of
 * accounts alone: since the present owner has it without an open opportunity, or since the contract has ended.
 */
export const RecyclingSince = z.enum(["touch", "assignment", "creation", "opportunity", "contractEnd"]);
export type RecyclingSince = z.infer<typeof RecyclingSince>;

const Days = z.int().min(1).max(recyclingLimits.days);

/** When a record has been left alone for too long: a number of days since something, or all or any of such. */
export interface RecyclingTrigger {
  all?: RecyclingTrigger[] | undefined;
  any?: RecyclingTrigger[] | undefined;
  since?: RecyclingSince | undefined;
  days?: number | undefined;
}

export const RecyclingTrigger: z.ZodType<RecyclingTrigger> = z
  .strictObject({
    get all() {
      return z.array(RecyclingTrigger).min(1).max(recyclingLimits.terms).optional();
    },
    get any() {
      return z.array(RecyclingTrigger).min(1).max(recyclingLimits.terms).optional();
    },
    since: RecyclingSince.optional(),
    days: Days.optional(),
  })
  .superRefine(({ all, any, since, days }, context) => {
    const forms = [all, any, since].filter((form) => form !== undefined);
    if (forms.length !== 1)
      context.addIssue({ code: "custom", message: "must have exactly one of all, any and since" });
    else if ((since === undefined) !== (days === undefined))
      context.addIssue({ code: "custom", message: "must have days together with since, and only then" });
  })
  .meta({
    description:
      "`days` `since` something, each of them 24 hours; or `all` or `any` of several. `opportunity` and `contractEnd` are for accounts alone: with an open opportunity, or without a contract's end, they never hold",
    examples: [{ any: [{ since: "touch", days: 14 }, { all: [{ since: "assignment", days: 60 }] }] }],
  });

/** Looked through before anything walks down it, so that its depth cannot hurt. */
const BoundedTrigger = z.preprocess((value, context) => {
  const fault = faultOf(value);
  if (fault) context.addIssue({ code: "custom", message: fault });
  return value;
}, RecyclingTrigger);

function faultOf(value: unknown): string | undefined {
  const open: [node: unknown, depth: number][] = [[value, 0]];
  let terms = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, depth] = next;
    if (typeof node !== "object" || node === null) continue;
    const { all, any } = node as Record<string, unknown>; // any object may be looked at
    const parts = [all, any].filter((part) => part !== undefined).flat();
    if (parts.length === 0) terms += 1;
    if (terms > recyclingLimits.terms) return `must have no more than ${recyclingLimits.terms} terms`;
    if (parts.length > 0 && depth === recyclingLimits.depth)
      return `must be no more than ${recyclingLimits.depth} deep`;
    for (const part of parts) open.push([part, depth + 1]);
  }
  return undefined;
}

/** When a record that its owner leaves alone goes to a pool. */
export const RecyclingRule = z.strictObject({
  id: RuleId,
  name: LocalizedText.optional(),
  when: BoundedCondition.optional().meta({
    description: "Which leads, or accounts, it is for; default: every one that has an owner",
  }),
  after: BoundedTrigger,
  protectDays: z
    .int()
    .min(0)
    .max(recyclingLimits.days)
    .default(0)
    .meta({ description: "For how many days nobody loses what they have just been given or have claimed" }),
  warnDays: z
    .array(Days)
    .max(recyclingLimits.warnings)
    .refine((all) => new Set(all).size === all.length, "must not name one twice")
    .default([])
    .meta({
      description:
        "So many days ahead the owner is warned. Nobody loses anything without the last of these warnings: when it comes late, so does the end",
    }),
  poolId: idOf("pool").meta({
    description: "Where the record goes: a pool of its kind. While there is no such pool the rule is for none",
  }),
});
export type RecyclingRule = z.infer<typeof RecyclingRule>;

/** Rules of one kind of record in order; the first that is for a record holds. What none is for stays with its owner. */
export const RecyclingRules = z.strictObject({
  rules: z.array(RecyclingRule).max(recyclingLimits.rules).refine(areNamedOnce, "names a rule twice"),
});
export type RecyclingRules = z.infer<typeof RecyclingRules>;

/** The organisation's rules as they are stored; version 0 as long as nobody has made any. */
export const RecyclingRuleSet = z
  .object({ ...RecyclingRules.shape, ...recordFields, version: z.int().min(0) })
  .partial({ createdAt: true, updatedAt: true });
export type RecyclingRuleSet = z.infer<typeof RecyclingRuleSet>;
