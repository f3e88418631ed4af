import type { AssignmentExplanation, CandidateTried, Refusal, RuleTried } from "@shangji/contracts/assignment/schemas";
import type { Readable } from "../conditions/values-of.ts";
import { type Asked, candidatesOf, mismatchOf } from "./candidates.ts";
import type { CompiledAssignment, CompiledAssignmentRule } from "./compile-assignment.ts";
import { refusalsOf } from "./guards.ts";
import { pickPerson } from "./pick-person.ts";
import { periodStarts, withLead, withTurn } from "./tally.ts";
import type { Decision, Person, World } from "./world.ts";

/**
 * Who gets a lead. The first rule that matches it decides; when nobody whom that rule names can take the lead, it goes to a
 * pool. The same lead, rules and world always have the same answer.
 */
export function decide(lead: Readable, { rules }: CompiledAssignment, world: World): Decision {
  const tried: RuleTried[] = [];
  for (const rule of rules) {
    const outcome = outcomeOf(rule, lead, world);
    tried.push({ ruleId: rule.id, outcome });
    if (outcome === "decided") return decideBy(rule, lead, { world, tried, ruleIds: rules.map(({ id }) => id) });
  }
  return { to: "pool", explanation: { at: world.now, outcome: "no_rule", rules: tried, candidates: [] } };
}

/**
 * The rule that will decide about a lead, and the people whom it names: what is kept of these is all that a decision needs of
 * what is kept. Undefined when no rule matches.
 */
export function decidingRule(
  lead: Readable,
  { rules }: CompiledAssignment,
  asked: Asked,
): { ruleId: string; userIds: readonly string[] } | undefined {
  const rule = rules.find((each) => outcomeOf(each, lead, asked) === "decided");
  return rule && { ruleId: rule.id, userIds: candidatesOf(rule.target, lead, asked) };
}

function outcomeOf(rule: CompiledAssignmentRule, lead: Readable, asked: Asked): RuleTried["outcome"] {
  if (!rule.enabled) return "disabled";
  if (!rule.matches(lead)) return "not_matched";
  return mismatchOf(rule.target, lead, asked) ?? "decided";
}

function decideBy(
  { id: ruleId, target, guards, poolId }: CompiledAssignmentRule,
  lead: Readable,
  { world, tried, ruleIds }: { world: World; tried: readonly RuleTried[]; ruleIds: readonly string[] },
): Decision {
  const starts = periodStarts(world);
  const judged = candidatesOf(target, lead, world).map((userId) => {
    const person = world.people.get(userId);
    const refusals: Refusal[] = person ? refusalsOf(person, guards, { ...world, starts }) : [{ why: "unknown" }];
    return { userId, person, refusals };
  });
  const [head, ...others] = judged.flatMap(({ person, refusals }) => (person && refusals.length === 0 ? [person] : []));
  const explain = (outcome: AssignmentExplanation["outcome"], chosen?: Person): AssignmentExplanation => ({
    at: world.now,
    outcome,
    ...(chosen ? { userId: chosen.id } : {}),
    rules: [...tried],
    candidates: judged.map(({ userId, refusals }) => ({
      userId,
      outcome: candidateOutcome(userId, refusals, chosen),
      refusals,
    })),
  });
  if (!head) {
    const explanation = explain(target.kind === "pool" ? "pool_rule" : "no_candidate");
    return { to: "pool", ruleId, ...(poolId === undefined ? {} : { poolId }), explanation };
  }
  const named = judged.flatMap(({ person }) => person ?? []);
  const { person, turn } = pickPerson([head, ...others], { ruleId, target, named, spread: world.spread ?? 0 });
  const counted = withLead(person.tally, world.now, starts);
  return {
    to: "user",
    userId: person.id,
    ruleId,
    tally: { was: person.tally, becomes: turn ? withTurn(counted, { ruleId, turn, ruleIds }) : counted },
    explanation: explain("assigned", person),
  };
}

function candidateOutcome(
  userId: string,
  refusals: readonly Refusal[],
  chosen: Person | undefined,
): CandidateTried["outcome"] {
  if (refusals.length > 0) return "refused";
  return userId === chosen?.id ? "chosen" : "available";
}

/** The world after a decision, as it is when a store has written what the decision says. */
export function afterDecision(world: World, decision: Decision): World {
  if (decision.to === "pool") return world;
  const { userId, tally } = decision;
  const person = world.people.get(userId);
  const people = new Map(world.people);
  if (person) people.set(userId, { ...person, tally: tally.becomes });
  return { ...world, people };
}
