import type { LeadScore, ScorePart } from "@shangji/contracts/scoring/schemas";
import type { Readable } from "../conditions/values-of.ts";
import type { CompiledGroup, CompiledRules } from "./compile-rules.ts";
import { wholePoints } from "./decay.ts";
import {
  type BehaviourEvent,
  type EngagementPoints,
  type EngagementState,
  pointsOfEvents,
  pointsOfState,
} from "./engagement.ts";

/** Scores a lead by what it is and by all that happened, as of now. */
export function score(
  lead: Readable,
  rules: CompiledRules,
  { events, now }: { events: readonly BehaviourEvent[]; now: string },
): LeadScore {
  return scored(lead, rules, pointsOfEvents(events, rules, now));
}

/** The same score without the events: by the state that {@link withEvents} has made of them, by these rules. */
export function scoreByState(
  lead: Readable,
  rules: CompiledRules,
  { state, now }: { state: EngagementState; now: string },
): LeadScore {
  return scored(lead, rules, pointsOfState(state, rules, now));
}

function scored(lead: Readable, rules: CompiledRules, engagement: EngagementPoints): LeadScore {
  return addedUp(rules, (group, parts) => addParts(parts, group, { lead, engagement }));
}

/** What a group of rules may come to. */
export type GroupLimits = Pick<CompiledGroup, "id" | "kind" | "minPoints" | "maxPoints">;

/** What groups come to together, and what totals are called. */
export interface Limits<G extends GroupLimits> extends Pick<CompiledRules, "grades" | "minTotal" | "maxTotal"> {
  readonly groups: readonly G[];
}

/** Adds up what groups give, each within its limits. `addParts` adds the parts of one of them. */
export function addedUp<G extends GroupLimits>(
  rules: Limits<G>,
  addPartsOf: (group: G, parts: ScorePart[]) => void,
): LeadScore {
  const parts: ScorePart[] = [];
  const sums = { fit: 0, engagement: 0 };
  for (const group of rules.groups) {
    const before = parts.length;
    addPartsOf(group, parts);
    let sum = 0;
    for (let index = before; index < parts.length; index += 1) sum += parts[index]?.points ?? 0;
    const limited = within(sum, group.minPoints, group.maxPoints);
    if (limited !== sum) parts.push({ reason: "group_limit", group: group.id, points: limited - sum });
    sums[group.kind] += limited;
  }
  const sum = sums.fit + sums.engagement;
  const total = within(sum, rules.minTotal, rules.maxTotal);
  if (total !== sum) parts.push({ reason: "total_limit", points: total - sum });
  const grade = rules.grades.find(({ from }) => total >= from)?.grade;
  return { total, ...sums, ...(grade === undefined ? {} : { grade }), parts };
}

function addParts(
  parts: ScorePart[],
  group: CompiledGroup,
  { lead, engagement }: { lead: Readable; engagement: EngagementPoints },
): void {
  if (group.kind === "fit") {
    for (const { id, points, matches } of group.rules)
      if (points !== 0 && matches(lead)) parts.push({ reason: "fit", ruleId: id, group: group.id, points });
    return;
  }
  for (const { id } of group.rules) {
    const points = wholePoints(engagement.get(id) ?? 0);
    if (points !== 0) parts.push({ reason: "engagement", ruleId: id, group: group.id, points });
  }
}

function within(value: number, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY): number {
  return Math.min(Math.max(value, least), most);
}
