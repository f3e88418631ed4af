import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Clock } from "../kit/context.ts";
import type { CurrentRules, RulesAt } from "./current-rules.ts";
import { type BehaviourEvent, type EngagementState, withEvents } from "./engagement.ts";
import { appliedRules, type KeptScore, stateOf } from "./kept-score.ts";
import type { Scores } from "./ports.ts";

export interface ScoreDeps {
  scores: Scores;
  rulesAt: RulesAt;
  clock: Clock;
  /** Waits before another attempt; attempts count from 1. */
  pause(attempt: number): Promise<void>;
}

/** `left`: it is scored by a newer version, or as it would be anyway. `gone`: there is no such lead. */
export type ScoreOutcome = "scored" | "left" | "no_rules" | "gone";

/** The lead and its score kept changing while it was scored. The workflow tries again later. */
export class ScoringBusy extends Error {
  override readonly name = "ScoringBusy";
}

export const mostScoringAttempts = 12;

/** Of a lead with more events than these, the latest count when the rules have changed: a worker has half a minute for many leads. */
const mostEvents = 2_000;

/**
 * Scores a lead by what it is and what has happened on its side. Repeating it, late or beside itself, changes nothing: a score is
 * written on condition that lead and score are what was read, and never by older rules than those that made the one that is there.
 * @throws ScoringBusy when others were first too often; nothing is written then
 */
export async function scoreLead({ leadId }: { leadId: string }, deps: ScoreDeps): Promise<ScoreOutcome> {
  for (let attempt = 1; attempt <= mostScoringAttempts; attempt++) {
    const outcome = await attemptOnce(leadId, deps);
    if (outcome !== "changed") return outcome;
    await deps.pause(attempt);
  }
  throw new ScoringBusy();
}

async function attemptOnce(leadId: string, deps: ScoreDeps): Promise<ScoreOutcome | "changed"> {
  const { lead, kept } = await deps.scores.start(leadId);
  if (!lead) return "gone";
  const now = deps.clock.now();
  const current = await deps.rulesAt(now, kept?.rulesVersion);
  if (current.version === 0) return "no_rules";
  const state = await stateBy(current, { leadId, kept, now }, deps);
  const becomes = scoreOf(lead, current, { state, kept, now });
  if (kept && isAsBefore(kept, becomes)) return "left";
  const written = await deps.scores.save({ lead, was: kept, becomes });
  return written === "written" ? "scored" : "changed";
}

/**
 * What the events of a lead have come to by these rules. What is kept belongs to the rules that it was made by; for others it is
 * made again. The score was read before the events, so whoever writes by both finds out if another event came between.
 */
export async function stateBy(
  { version, rules }: CurrentRules,
  { leadId, kept, now }: { leadId: string; kept: KeptScore | undefined; now: Date },
  { scores }: Pick<ScoreDeps, "scores">,
): Promise<EngagementState> {
  if (kept?.rulesVersion === version) return stateOf(kept);
  return withState({}, await scores.events(leadId, mostEvents), { rules, now });
}

/** A state with more events in it. */
export function withState(
  state: EngagementState,
  events: readonly BehaviourEvent[],
  { rules, now }: Pick<CurrentRules, "rules"> & { now: Date },
): EngagementState {
  return withEvents(state, { events, rules, now: now.toISOString() });
}

/** The score of a lead by these rules, as it is to be kept. */
export function scoreOf(
  lead: Lead,
  { version, rules }: CurrentRules,
  { state, kept, now }: { state: EngagementState; kept: KeptScore | undefined; now: Date },
): KeptScore {
  return {
    leadId: lead.id,
    revision: (kept?.revision ?? 0) + 1,
    rulesVersion: version,
    at: now.toISOString(),
    ...appliedRules(lead, rules, state),
  };
}

/** What a score says; when it was made says nothing. */
function isAsBefore(kept: KeptScore, becomes: KeptScore): boolean {
  return meaning(kept) === meaning(becomes);
}

function meaning({ rulesVersion, groups, grades, minTotal, maxTotal }: KeptScore): string {
  return JSON.stringify([
    rulesVersion,
    groups.map(inOrder),
    grades.map(({ grade, from }) => [grade, from]),
    minTotal,
    maxTotal,
  ]);
}

/** The store gives attributes back in another order. */
function inOrder({ id, minPoints, maxPoints, met = [], earned = [] }: KeptScore["groups"][number]) {
  const rules = met.map((rule) => [rule.id, rule.points, rule.looksAt]);
  const sums = earned.map((sum) => [sum.id, sum.halfLifeDays, sum.value, sum.at]);
  return [id, minPoints, maxPoints, rules, sums];
}
