import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Calendars } from "../../calendar/organization-calendar.ts";
import type { CallContext } from "../../kit/context.ts";
import type { Stored } from "../../kit/record.ts";
import { revise } from "../../kit/revise.ts";
import { compileAssignment } from "../compile-assignment.ts";
import { decide } from "../decide.ts";
import { loadWorld } from "../load-world.ts";
import type { AccountOwners, Assignments } from "../ports.ts";
import type { AssignmentRuleSets } from "../rule-set.ts";
import { routedLeadFields, scoredLead } from "../scored-lead.ts";
import { spreadOf } from "../spread.ts";
import type { LeadClock } from "./clock.ts";
import type { PlanWorld } from "./planned.ts";
import type { ClockStart, Reassignment } from "./ports.ts";

export interface NextOwnerDeps {
  assignments: Pick<Assignments, "tallies">;
  accountOwners: AccountOwners;
  ruleSets: Pick<AssignmentRuleSets, "cached">;
  calendars: Pick<Calendars, "cached">;
  settings: { zone: string };
  context: CallContext;
}

/** A reassignment but for the clock's part of it. */
export type NextOwner = Omit<Reassignment, "clock">;

/**
 * Whom the assignment rules name next for a lead that its owner has not answered; never anybody who has had it in this round.
 * Undefined when nobody is left. Whether somebody is at work this very moment is not asked, as deadlines often end with the
 * working day and the next owner's time counts by their own hours; leave and caps are.
 */
export async function nextOwner(
  {
    lead,
    clock,
    counted,
    score,
    notes,
  }: Pick<ClockStart, "counted" | "score" | "notes"> & { lead: Stored<Lead>; clock: LeadClock },
  { users, calendar, now, attempt }: Pick<PlanWorld, "users" | "calendar" | "now"> & { attempt: number },
  deps: NextOwnerDeps,
): Promise<NextOwner | undefined> {
  const { zone } = deps.settings;
  const ruleSet = await deps.ruleSets.cached();
  if (!ruleSet) return undefined;
  const { rules, until } = compileAssignment(ruleSet, { fields: routedLeadFields, time: { now, zone }, pointer: "" });
  const anytime = { rules: rules.map((rule) => ({ ...rule, guards: { ...rule.guards, workingHours: false } })), until };
  const excluded = new Set(clock.holders.map(({ userId }) => userId));
  const scored = scoredLead(lead, score, now.toISOString());
  const loaded = await loadWorld(
    scored,
    anytime,
    { users, calendar, zone, now, excluded, spread: spreadOf(lead.id, attempt) },
    deps,
  );
  const decision = decide(scored, anytime, loaded.world);
  if (decision.to === "pool") return undefined;
  const { userId: ownerId, tally } = decision;
  const ownership = { ownerId, teamId: loaded.world.people.get(ownerId)?.teamId ?? null };
  const stamp = { context: deps.context, command: "reassignLead" };
  return {
    lead: { before: lead, after: { ...revise(lead, ownership, stamp), ownerId } },
    counted,
    tally: { was: loaded.tallyOf(ownerId), becomes: tally.becomes },
    personVersion: loaded.versionOf(ownerId),
    notes,
  };
}
