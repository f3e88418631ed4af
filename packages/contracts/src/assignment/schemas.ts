import * as z from "zod";
import { BoundedCondition } from "../kit/condition.ts";
import { idOf, Line, LocalizedText, recordFields } from "../kit/primitives.ts";
import { areNamedOnce, RuleId } from "../scoring/rule-id.ts";

export const assignmentLimits = { rules: 100, people: 200, teams: 20, count: 100_000, candidatesKept: 500 } as const;

const UserIds = z.array(idOf("user")).min(1).max(assignmentLimits.people).refine(isDistinct, "must not name one twice");
const TeamIds = z.array(idOf("team")).min(1).max(assignmentLimits.teams).refine(isDistinct, "must not name one twice");

function isDistinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

/** People, by name and as the members of teams. */
const Among = z
  .strictObject({ teamIds: TeamIds.optional(), userIds: UserIds.optional() })
  .refine(({ teamIds, userIds }) => teamIds !== undefined || userIds !== undefined, "give teamIds or userIds");
export type Among = z.infer<typeof Among>;

/** Who of several gets a lead: whoever got one longest ago, or has the fewest. */
const Selection = z.enum(["round_robin", "least_loaded"]);

const Weights = z
  .array(z.strictObject({ userId: idOf("user"), weight: z.int().min(1).max(100) }))
  .min(1)
  .max(assignmentLimits.people)
  .refine((people) => isDistinct(people.map(({ userId }) => userId)), "must not name one twice");

/** Whom a rule gives leads to. */
export const AssignmentTarget = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("user"), userId: idOf("user") }),
  z.strictObject({ kind: z.literal("round_robin"), among: Among }),
  z.strictObject({ kind: z.literal("weighted"), people: Weights }),
  z.strictObject({ kind: z.literal("least_loaded"), among: Among }),
  z
    .strictObject({ kind: z.literal("territory"), among: Among.optional(), pick: Selection.default("round_robin") })
    .meta({ description: "People who are responsible for the lead's region; a lead without one does not match" }),
  z
    .strictObject({
      kind: z.literal("skill"),
      skills: z.array(Line(40)).min(1).max(10),
      among: Among.optional(),
      pick: Selection.default("round_robin"),
    })
    .meta({ description: "People who have all of these skills" }),
  z.strictObject({ kind: z.literal("account_owner") }).meta({
    description:
      "The owner of the account that is called like the lead's company, whatever its legal form. A lead does not match when there is none, or when several people own accounts of that name",
  }),
  z.strictObject({ kind: z.literal("pool") }),
]);
export type AssignmentTarget = z.infer<typeof AssignmentTarget>;

const Cap = z.int().min(0).max(assignmentLimits.count).optional();

/** What a person must meet to be given a lead, besides being active and not on leave. */
export const AssignmentGuards = z.strictObject({
  workingHours: z.boolean().optional().meta({ description: "Only who is at work at the time; by default true" }),
  maxPerDay: Cap.meta({ description: "Leads that one person is given in a day of the organisation, by all rules" }),
  maxPerWeek: Cap,
  maxPerMonth: Cap,
  maxOpen: Cap.meta({ description: "Open leads that a person has already" }),
});
export type AssignmentGuards = z.infer<typeof AssignmentGuards>;

export const AssignmentRule = z.strictObject({
  id: RuleId,
  name: LocalizedText.optional(),
  enabled: z.boolean().default(true),
  when: BoundedCondition.optional().meta({ description: "About the lead; default: every lead" }),
  target: AssignmentTarget,
  guards: AssignmentGuards.optional().meta({ description: "Each one that is given replaces that of the whole set" }),
  poolId: idOf("pool").optional().meta({
    description: "Where the lead goes when nobody can take it; default: the default pool",
  }),
});
export type AssignmentRule = z.infer<typeof AssignmentRule>;

/** Rules in order; the first that matches a lead decides, even when nobody it names can take the lead. */
export const AssignmentRules = z.strictObject({
  rules: z.array(AssignmentRule).max(assignmentLimits.rules).refine(areNamedOnce, "names a rule twice"),
  guards: AssignmentGuards.default({}),
});
export type AssignmentRules = z.infer<typeof AssignmentRules>;

/** The organisation's rules as they are stored; version 0 as long as nobody has made any. */
export const AssignmentRuleSet = z
  .object({ ...AssignmentRules.shape, ...recordFields, version: z.int().min(0) })
  .partial({ createdAt: true, updatedAt: true });
export type AssignmentRuleSet = z.infer<typeof AssignmentRuleSet>;

/** What came of a rule: whether it decided, or why it did not. */
export const RuleTried = z.object({
  ruleId: z.string(),
  outcome: z.enum(["decided", "disabled", "not_matched", "no_account_owner", "several_account_owners", "no_region"]),
});
export type RuleTried = z.infer<typeof RuleTried>;

export const CapPeriod = z.enum(["day", "week", "month"]);
export type CapPeriod = z.infer<typeof CapPeriod>;

/** Why a person could not be given a lead. */
export const Refusal = z.discriminatedUnion("why", [
  z.object({
    why: z.enum(["unknown", "inactive", "excluded", "leave", "holiday", "off_hours"]).meta({
      description: "excluded: has had the lead before; unknown: there is no such person",
    }),
  }),
  z.object({ why: z.literal("period_cap"), period: CapPeriod, count: z.int(), max: z.int() }),
  z.object({ why: z.literal("open_cap"), count: z.int(), max: z.int() }),
]);
export type Refusal = z.infer<typeof Refusal>;

export const CandidateTried = z.object({
  userId: z.string(),
  outcome: z.enum(["chosen", "available", "refused"]).meta({ description: "available: somebody else's turn" }),
  refusals: z.array(Refusal).meta({ description: "All that stood against the person" }),
});
export type CandidateTried = z.infer<typeof CandidateTried>;

/** How a lead came to whom it came: all rules that were tried, and all people whom the deciding one names. */
export const AssignmentExplanation = z.object({
  at: z.string(),
  outcome: z.enum(["assigned", "no_rule", "no_candidate", "pool_rule"]).meta({
    description: "All but `assigned` lead to a pool: no rule matched, nobody could take it, or the rule says so",
  }),
  userId: z.string().optional(),
  rules: z.array(RuleTried),
  candidates: z.array(CandidateTried),
});
export type AssignmentExplanation = z.infer<typeof AssignmentExplanation>;

/** A decision about a lead as it is shown. Where a rule looked at what the reader may not see, rules and people are left out. */
export const AssignmentDecision = AssignmentExplanation.extend({
  teamId: z.string().optional(),
  candidates: z.array(CandidateTried).meta({
    description: `People whom the rule names, with all that stood against them; of more than ${assignmentLimits.candidatesKept} some, whoever was chosen first`,
  }),
  ruleId: z.string().optional().meta({ description: "The rule that decided" }),
  poolId: z.string().optional().meta({ description: "The pool that the lead went to, when nobody was given it" }),
  rulesVersion: z.int().meta({ description: "Version of the rules that were tried" }),
}).partial({ rules: true, candidates: true });
export type AssignmentDecision = z.infer<typeof AssignmentDecision>;

/** How a lead came to whom the rules gave it last. */
export const LeadAssignment = z.object({
  leadId: idOf("lead"),
  decision: AssignmentDecision.optional().meta({
    description:
      "Absent when no rule was asked: somebody had the lead already, there were no rules, or it is still to come",
  }),
});
export type LeadAssignment = z.infer<typeof LeadAssignment>;
