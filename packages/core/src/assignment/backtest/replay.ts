import type { AssignmentRules } from "@shangji/contracts/assignment/schemas";
import type { OrganizationCalendar } from "@shangji/contracts/calendar/schemas";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { User } from "@shangji/contracts/people/schemas";
import { calendarOf, compileCalendar } from "../../calendar/work-calendar.ts";
import type { Readable } from "../../conditions/values-of.ts";
import { companyKey } from "../../duplicates/company-key.ts";
import { isClosedLead } from "../../people/closed-lead.ts";
import type { RuleTime } from "../../scoring/compile-conditions.ts";
import type { KeptScore } from "../../scoring/kept-score.ts";
import { type CompiledAssignment, compileAssignment } from "../compile-assignment.ts";
import { afterDecision, decide } from "../decide.ts";
import { routedLeadFields, scoredLead } from "../scored-lead.ts";
import type { Decision, Person, World } from "../world.ts";

export interface Replayed {
  lead: Lead;
  decision: Decision;
}

export interface Replay {
  rules: AssignmentRules;
  users: readonly User[];
  calendar: OrganizationCalendar;
  zone: string;
  /** As they are now. @default none */
  scores?: ReadonlyMap<string, KeptScore>;
  /** By the key of a company, as they are now. @default none */
  accountOwners?: ReadonlyMap<string, readonly string[]>;
  /** For faults of the rules, which are there even when no lead is. */
  today: Date;
}

/**
 * Gives out leads again in the order in which they came, each at the time when it came, to people who have nothing yet. A lead
 * is open for whom it is given to until it was really closed. Nothing is written. Rules are taken as those of a request.
 * @throws DomainError `invalid_request` naming each fault of the rules' conditions
 */
export function replay(
  leads: readonly Lead[],
  { rules, users, calendar, zone, scores, accountOwners, today }: Replay,
): Replayed[] {
  const compiledFor = rulesOfTheDay(rules, { zone, now: today });
  const common = compileCalendar(calendar);
  let world: World = {
    now: new Date(0).toISOString(),
    zone,
    people: new Map(
      users.map((user): [string, Person] => [
        user.id,
        { ...user, calendar: calendarOf(user, common), tally: { open: 0, counts: {} } },
      ]),
    ),
    excluded: new Set(),
  };
  const open: { userId: string; until: string }[] = [];
  return leads.toSorted(byCreation).map((lead) => {
    const now = lead.createdAt;
    world = withoutClosed({ ...world, now }, open);
    const accountOwnerIds = lead.company === undefined ? [] : accountOwners?.get(companyKey(lead.company));
    const decision = decide(asItCame(lead, scores?.get(lead.id)), compiledFor(now), { ...world, accountOwnerIds });
    world = afterDecision(world, decision);
    if (decision.to === "user" && isClosedLead(lead)) open.push({ userId: decision.userId, until: closedAt(lead) });
    return { lead, decision };
  });
}

/** A lead that nobody has yet, and on whose side nothing has happened: what it is scored by is what it is. */
function asItCame(lead: Lead, score: KeptScore | undefined): Readable {
  const fit = score && { ...score, groups: score.groups.filter(({ kind }) => kind === "fit") };
  return { ...scoredLead(lead, fit, lead.createdAt), status: "new", ownerId: undefined, teamId: undefined };
}

function byCreation(left: Lead, right: Lead): number {
  if (left.createdAt !== right.createdAt) return left.createdAt < right.createdAt ? -1 : 1;
  return left.id < right.id ? -1 : 1;
}

function closedAt({ statusChangedAt, updatedAt }: Lead): string {
  return statusChangedAt ?? updatedAt;
}

/** Takes leads that are closed by now from those who had them, and from `open`. */
function withoutClosed(world: World, open: { userId: string; until: string }[]): World {
  const people = new Map(world.people);
  for (let at = open.length - 1; at >= 0; at--) {
    const { userId, until } = open[at] ?? { userId: "", until: world.now }; // within the list
    if (until > world.now) continue;
    open.splice(at, 1);
    const person = people.get(userId);
    if (person) people.set(userId, { ...person, tally: { ...person.tally, open: person.tally.open - 1 } });
  }
  return { ...world, people };
}

/** Conditions with dates that are relative to today hold for a day, so rules are compiled for each day that there is. */
function rulesOfTheDay(rules: AssignmentRules, today: RuleTime): (now: string) => CompiledAssignment {
  const compile = (time: RuleTime) =>
    compileAssignment(rules, { fields: routedLeadFields, time, pointer: "/body/rules" });
  let compiled = compile(today);
  let since = today.now.toISOString();
  return (now) => {
    if (now < since || now >= compiled.until) {
      compiled = compile({ ...today, now: new Date(now) });
      since = now;
    }
    return compiled;
  };
}
