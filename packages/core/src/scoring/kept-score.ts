import type { LeadScore } from "@shangji/contracts/scoring/schemas";
import type { Readable } from "../conditions/values-of.ts";
import type { CompiledRules } from "./compile-rules.ts";
import { type Decaying, decayed, wholePoints } from "./decay.ts";
import type { EngagementState } from "./engagement.ts";
import { addedUp, type GroupLimits, type Limits } from "./score.ts";

/** A fit rule that a lead meets, and the fields that say so. */
export interface MetRule {
  id: string;
  points: number;
  looksAt: readonly string[];
}

/** What the events of a rule have come to. */
export interface EarnedPoints extends Decaying {
  id: string;
  halfLifeDays?: number | undefined;
}

/** What a group has given a lead: of fit the rules that it meets, of engagement the sums. */
export interface KeptGroup extends GroupLimits {
  met?: readonly MetRule[] | undefined;
  earned?: readonly EarnedPoints[] | undefined;
}

/**
 * All that a score is made of, so that it can be told at any later time by itself: what is kept needs neither the rules, which
 * may have changed, nor the events, and is right at the moment of reading.
 */
export interface KeptScore extends Limits<KeptGroup> {
  leadId: string;
  /** Grows by one with each write, from 1. */
  revision: number;
  /** Version of the rules that made it. */
  rulesVersion: number;
  /** When it was made. */
  at: string;
}

/** What the rules make of a lead, without what they do not give: most rules of a set say nothing of a lead. */
export function appliedRules(lead: Readable, rules: CompiledRules, state: EngagementState): Limits<KeptGroup> {
  const groups = rules.groups.flatMap((group): KeptGroup[] => {
    const { id, kind, minPoints, maxPoints } = group;
    const limits = { id, kind, minPoints, maxPoints };
    if (group.kind === "fit") {
      const met = group.rules.filter(({ points, matches }) => points !== 0 && matches(lead));
      return met.length === 0
        ? []
        : [{ ...limits, met: met.map(({ id, points, looksAt }) => ({ id, points, looksAt })) }];
    }
    const earned = group.rules.flatMap(({ id, halfLifeDays }): EarnedPoints[] => {
      const sum = Object.hasOwn(state, id) ? state[id] : undefined;
      return sum ? [{ id, halfLifeDays, ...sum }] : [];
    });
    return earned.length === 0 ? [] : [{ ...limits, earned }];
  });
  const { grades, minTotal, maxTotal } = rules;
  return { groups, grades, minTotal, maxTotal };
}

/** The state of engagement that a score was made with. */
export function stateOf({ groups }: Pick<KeptScore, "groups">): EngagementState {
  const earned = groups.flatMap((group) => group.earned ?? []);
  return Object.fromEntries(earned.map(({ id, value, at }) => [id, { value, at }]));
}

/** A score as it is at a time. */
export function scoreAt(kept: Limits<KeptGroup>, now: string): LeadScore {
  return addedUp(kept, ({ id: group, met = [], earned = [] }, parts) => {
    for (const { id: ruleId, points } of met) parts.push({ reason: "fit", ruleId, group, points });
    for (const { id: ruleId, halfLifeDays, ...sum } of earned) {
      const points = wholePoints(decayed(sum, now, halfLifeDays));
      if (points !== 0) parts.push({ reason: "engagement", ruleId, group, points });
    }
  });
}
