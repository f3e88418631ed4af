import * as z from "zod";
import { BoundedCondition } from "../kit/condition.ts";
import { idOf, Line, LocalizedText, recordFields } from "../kit/primitives.ts";
import { areNamedOnce, RuleId } from "./rule-id.ts";

export const scoringLimits = { groups: 20, rulesOfGroup: 50, rules: 200, grades: 10, points: 10_000 } as const;

const Points = z.int().min(-1_000).max(1_000).meta({ description: "Below zero takes points away" });

/** What happened on a lead's side: a page that was seen, a mail that was opened. */
export const BehaviourType = z
  .string()
  .regex(/^[a-z][a-z0-9_.]{0,59}$/, "must be 1 to 60 small letters, digits, _ and ., a letter first")
  .meta({ example: "page_viewed" });

/** Points for what a lead is. */
export const FitRule = z.strictObject({
  id: RuleId,
  name: LocalizedText.optional(),
  when: BoundedCondition.meta({ description: "About the lead" }),
  points: Points,
});
export type FitRule = z.infer<typeof FitRule>;

/** Points for each event of a type, which halve as time goes by. */
export const EngagementRule = z.strictObject({
  id: RuleId,
  name: LocalizedText.optional(),
  eventType: BehaviourType,
  when: BoundedCondition.optional().meta({ description: "About the event; default: every one of its type" }),
  points: Points,
  halfLifeDays: z.number().min(0.1).max(3_650).optional().meta({
    description: "Days after which half of the points are left; default: they stay",
  }),
});
export type EngagementRule = z.infer<typeof EngagementRule>;

const group = {
  id: RuleId,
  name: LocalizedText,
  maxPoints: z.int().min(0).max(scoringLimits.points).optional().meta({ description: "All that the group can add" }),
  minPoints: z
    .int()
    .min(-scoringLimits.points)
    .max(0)
    .optional()
    .meta({ description: "All that the group can take away" }),
};

export const ScoringGroup = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("fit"), ...group, rules: z.array(FitRule).max(scoringLimits.rulesOfGroup) }),
  z.strictObject({
    kind: z.literal("engagement"),
    ...group,
    rules: z.array(EngagementRule).max(scoringLimits.rulesOfGroup),
  }),
]);
export type ScoringGroup = z.infer<typeof ScoringGroup>;

const Grade = z.strictObject({ grade: Line(20), from: z.int().min(-scoringLimits.points).max(scoringLimits.points) });

/** How leads are scored: what each rule is worth, by groups that have limits, and what totals are called. */
export const ScoringRuleSet = z.strictObject({
  name: LocalizedText,
  groups: z
    .array(ScoringGroup)
    .max(scoringLimits.groups)
    .refine(areNamedOnce, "names a group twice")
    .refine((groups) => areNamedOnce(rulesOf(groups)), "names a rule twice")
    .refine(
      (groups) => rulesOf(groups).length <= scoringLimits.rules,
      `must have ${scoringLimits.rules} rules at most`,
    ),
  minTotal: z.int().min(-scoringLimits.points).max(0).optional(),
  maxTotal: z.int().min(0).max(scoringLimits.points).optional(),
  grades: z
    .array(Grade)
    .max(scoringLimits.grades)
    .refine(isFalling, "must be in order, the highest first")
    .default([])
    .meta({ description: "A total has the first grade that it reaches; one that reaches none has none" }),
});
export type ScoringRuleSet = z.infer<typeof ScoringRuleSet>;

/** The organisation's rules as they are stored; version 0 as long as nobody has made any. */
export const ScoringRules = z
  .object({ ...ScoringRuleSet.shape, ...recordFields, version: z.int().min(0) })
  .partial({ createdAt: true, updatedAt: true });
export type ScoringRules = z.infer<typeof ScoringRules>;

function rulesOf(groups: readonly ScoringGroup[]): { id: string }[] {
  return groups.flatMap(({ rules }): { id: string }[] => rules);
}

function isFalling(grades: readonly { from: number }[]): boolean {
  return grades.every(({ from }, index) => from < (grades[index - 1]?.from ?? Number.POSITIVE_INFINITY));
}

/** Where points come from. All parts of a score add up to its total. */
export const ScorePart = z.discriminatedUnion("reason", [
  z.object({ reason: z.enum(["fit", "engagement"]), ruleId: z.string(), group: z.string(), points: z.int() }),
  z.object({
    reason: z.literal("group_limit"),
    group: z.string(),
    points: z.int().meta({ description: "What the limit of the group takes from its rules, or gives" }),
  }),
  z.object({ reason: z.literal("total_limit"), points: z.int() }),
  z.object({
    reason: z.literal("withheld"),
    group: z.string(),
    points: z.int().meta({ description: "Of rules that look at what the reader may not see, taken together" }),
  }),
]);
export type ScorePart = z.infer<typeof ScorePart>;

export const LeadScore = z.object({
  total: z.int(),
  fit: z.int(),
  engagement: z.int(),
  grade: z.string().optional(),
  parts: z.array(ScorePart),
});
export type LeadScore = z.infer<typeof LeadScore>;

/** A score as it is at the time of the answer. */
export const ScoredLead = z.object({
  leadId: idOf("lead"),
  score: LeadScore.extend({
    at: z.string().meta({ description: "The time that the points are as of: those of events halve as time goes by" }),
    scoredAt: z.string().meta({ description: "When rules last looked at the lead or an event of it" }),
    rulesVersion: z.int().meta({ description: "Version of the rules that were used" }),
  })
    .optional()
    .meta({ description: "Absent when there are no rules, or the lead's turn is still to come" }),
});
export type ScoredLead = z.infer<typeof ScoredLead>;

/** How far the scores of all leads have come after the last change of the rules. */
export const ScoringProgress = z.object({
  rulesVersion: z.int().meta({ description: "Version of the rules that leads are scored by" }),
  state: z.enum(["waiting", "running", "completed", "failed"]).meta({
    description: "waiting: it begins once every part of the product knows the rules, half a minute after the change",
  }),
  done: z.int().meta({ description: "Leads that have been scored" }),
  estimate: z.int().optional().meta({ description: "How many there are, as far as the last time has told" }),
  startedAt: z.string().optional(),
  updatedAt: z.string().optional(),
});
export type ScoringProgress = z.infer<typeof ScoringProgress>;
