import type { AssignmentRuleSet } from "@shangji/contracts/assignment/schemas";
import type { Lead } from "@shangji/contracts/leads/schemas";
import { type Calendars, defaultCalendar } from "../calendar/organization-calendar.ts";
import type { CallContext } from "../kit/context.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { leadMovedTo } from "../leads/move-lead.ts";
import type { Users } from "../people/ports.ts";
import { poolForNobodys } from "../pools/default-pool.ts";
import { removalOf } from "../pools/pooled-kind.ts";
import { leadPooled, leadsInPools } from "../pools/pooled-lead.ts";
import type { Pools } from "../pools/ports.ts";
import { compileAssignment } from "./compile-assignment.ts";
import { decide } from "./decide.ts";
import { keptExplanation } from "./kept-explanation.ts";
import { type LoadedWorld, loadWorld } from "./load-world.ts";
import { fieldsLookedAt } from "./looked-at.ts";
import type {
  AccountOwners,
  AssignmentStart,
  Assignments,
  AssignmentWritten,
  DecisionWrite,
  StoredDecision,
} from "./ports.ts";
import type { AssignmentRuleSets } from "./rule-set.ts";
import { routedLeadFields, scoredLead } from "./scored-lead.ts";
import { spreadOf } from "./spread.ts";
import type { Decision } from "./world.ts";

export interface AssignDeps {
  assignments: Assignments;
  accountOwners: AccountOwners;
  ruleSets: Pick<AssignmentRuleSets, "cached">;
  calendars: Pick<Calendars, "cached">;
  /** `forget` makes the next `all` a fresh one. */
  users: Pick<Users, "all"> & { forget(): void };
  /** Where leads go that nobody can take. */
  pools: Pick<Pools, "all">;
  settings: { zone: string };
  /** Its request is the event that asks for the decision. */
  context: CallContext;
  /** Waits before another attempt; attempts count from 1. */
  pause(attempt: number): Promise<void>;
}

/**
 * What became of a lead:
 * - `assigned`, `pooled`, `unassigned`: a rule decided so, now or when it was asked before; those for which there is no pool stay new
 * - `left`: somebody has it, by hand or by another run at this moment, or has ended it, or it is gone
 * - `no_rules`: the organisation has none
 */
export type AssignOutcome = "assigned" | "pooled" | "unassigned" | "left" | "no_rules";

/** Others at work on the same people, time and again. The workflow tries again later. */
export class AssignmentBusy extends Error {
  override readonly name = "AssignmentBusy";
}

const mostAttempts = 12;

type NotWritten = Exclude<AssignmentWritten, "written">;

/**
 * Gives a lead that nobody has to whom the rules name, once each time that it has become nobody's: whoever comes second, late or
 * again finds the decision. A lead that was given to somebody meanwhile stays as it is.
 * @throws AssignmentBusy when others were first too often; nothing is written then
 */
export async function assignLead({ leadId }: { leadId: string }, deps: AssignDeps): Promise<AssignOutcome> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const outcome = await attemptOnce({ leadId, attempt }, deps);
    if (outcome !== "changed" && outcome !== "stale_person") return outcome;
    if (outcome === "stale_person") deps.users.forget();
    await deps.pause(attempt);
  }
  throw new AssignmentBusy();
}

async function attemptOnce(
  { leadId, attempt }: { leadId: string; attempt: number },
  deps: AssignDeps,
): Promise<AssignOutcome | NotWritten> {
  const [start, ruleSet] = await Promise.all([deps.assignments.start(leadId), deps.ruleSets.cached()]);
  const { lead, decision: known } = start;
  if (known && (known.cause === deps.context.requestId || known.freeSince === lead?.statusChangedAt))
    return outcomeOf(known);
  if (!lead || !isFree(lead)) return "left";
  // It has just been taken from somebody whose count still holds it, for as long as a batch of the projector takes.
  if (start.counted?.userId !== undefined) return "changed";
  if (!ruleSet || ruleSet.rules.length === 0) return "no_rules";
  const now = deps.context.clock.now();
  const { zone } = deps.settings;
  const rules = compileAssignment(ruleSet, { fields: routedLeadFields, time: { now, zone }, pointer: "" });
  const [users, calendar = defaultCalendar(zone)] = await Promise.all([deps.users.all(), deps.calendars.cached()]);
  const scored = scoredLead(lead, start.score, now.toISOString());
  const spread = spreadOf(leadId, attempt);
  const loaded = await loadWorld(scored, rules, { users, calendar, zone, now, spread }, deps);
  const decision = decide(scored, rules, loaded.world);
  const teamId = decision.to === "user" ? loaded.world.people.get(decision.userId)?.teamId : undefined;
  const poolId = decision.to === "pool" ? await poolFor(lead, decision, deps) : undefined;
  const stored = storedDecision(decision, { lead, ruleSet, teamId, poolId, cause: deps.context.requestId });
  const decided = { decision: stored, replaces: known?.cause };
  const written =
    decision.to === "user"
      ? await deps.assignments.assign(assignmentWrite({ ...start, lead }, { decision, decided, loaded }, deps))
      : await writeForNobody(lead, decided, deps);
  return written === "written" ? outcomeOf(stored) : written;
}

function isFree({ status, ownerId }: Lead): boolean {
  return status === "new" && ownerId === undefined;
}

/** What was taken out of a pool on purpose goes into another one when a rule says so, and not by default. */
async function poolFor(
  { change }: Stored<Lead>,
  { poolId }: { poolId?: string },
  deps: Pick<AssignDeps, "pools">,
): Promise<string | undefined> {
  if (poolId === undefined && change.command === removalOf(leadsInPools)) return undefined;
  return (await poolForNobodys(poolId, deps))?.id;
}

/** A lead that nobody can take waits in a pool, if there is one for it; else it stays as it is. */
async function writeForNobody(lead: Stored<Lead>, decided: DecisionWrite, { assignments, context }: AssignDeps) {
  const { poolId } = decided.decision;
  const stamp = { context, command: "assignLead" };
  if (poolId === undefined) return assignments.note(decided, lead, revise(lead, {}, stamp).change);
  const patch = leadPooled(lead, { poolId, at: context.clock.now().toISOString() });
  return assignments.pool(decided, { before: lead, after: revise(lead, patch, stamp) });
}

function outcomeOf({ explanation, poolId }: StoredDecision): AssignOutcome {
  if (explanation.outcome === "assigned") return "assigned";
  return poolId === undefined ? "unassigned" : "pooled";
}

function storedDecision(
  { ruleId, explanation }: Decision,
  {
    lead,
    ruleSet,
    ...place
  }: {
    lead: Lead;
    ruleSet: AssignmentRuleSet;
    teamId: string | undefined;
    poolId: string | undefined;
    cause: string;
  },
): StoredDecision {
  const tried = new Set(explanation.rules.map((rule) => rule.ruleId));
  return {
    leadId: lead.id,
    freeSince: lead.statusChangedAt,
    ...place,
    rulesVersion: ruleSet.version,
    ruleId,
    explanation: keptExplanation(explanation),
    lookedAt: fieldsLookedAt(ruleSet.rules.filter(({ id }) => tried.has(id))),
  };
}

interface Made {
  decision: Extract<Decision, { to: "user" }>;
  decided: DecisionWrite;
  loaded: LoadedWorld;
}

function assignmentWrite(
  { lead: before, counted }: AssignmentStart & { lead: Stored<Lead> },
  { decision, decided, loaded }: Made,
  { context }: AssignDeps,
) {
  const { userId, tally } = decision;
  const ownership = { ownerId: userId, teamId: decided.decision.teamId ?? null };
  const patch = { ...leadMovedTo("assigned", context.clock.now().toISOString()), ...ownership };
  return {
    before,
    after: { ...revise(before, patch, { context, command: "assignLead" }), ownerId: userId },
    counted,
    decided,
    tally: { was: loaded.tallyOf(userId), becomes: tally.becomes },
    personVersion: loaded.versionOf(userId),
  };
}
