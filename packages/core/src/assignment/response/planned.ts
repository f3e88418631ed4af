import type { ResponsePolicy, ResponsePolicySet } from "@shangji/contracts/assignment/response-policies";
import type { OrganizationCalendar } from "@shangji/contracts/calendar/schemas";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { User } from "@shangji/contracts/people/schemas";
import { type Calendars, defaultCalendar } from "../../calendar/organization-calendar.ts";
import { calendarOf, compileCalendar, type WorkCalendar } from "../../calendar/work-calendar.ts";
import type { Clock } from "../../kit/context.ts";
import { leadFields } from "../../leads/fields.ts";
import type { Users } from "../../people/ports.ts";
import type { LeadClock } from "./clock.ts";
import { planResponse } from "./plan-response.ts";
import { compilePolicies, policyFor } from "./policy-for.ts";
import type { ResponsePolicySets } from "./policy-set.ts";

/** All that a plan depends on besides the lead and its clock; each may be half a minute old. */
export interface PlanDeps {
  policySets: Pick<ResponsePolicySets, "cached">;
  calendars: Pick<Calendars, "cached">;
  users: Pick<Users, "all">;
  settings: { zone: string };
  clock: Clock;
}

/** What plans are made of, for any number of leads of one moment. */
export interface PlanWorld {
  policyFor(lead: Lead): ResponsePolicy | undefined;
  /** A person's calendar; the organisation's own, when that of the person has no work or there is no such person. */
  calendars(userId: string): readonly WorkCalendar[];
  users: readonly User[];
  calendar: OrganizationCalendar;
  hasPolicies: boolean;
  now: Date;
}

/** Reads policies, calendar and people once for a number of plans. */
export async function loadPlanWorld(deps: PlanDeps): Promise<PlanWorld> {
  const { zone } = deps.settings;
  const now = deps.clock.now();
  const [set, calendar = defaultCalendar(zone), users] = await Promise.all([
    deps.policySets.cached(),
    deps.calendars.cached(),
    deps.users.all(),
  ]);
  const policies: ResponsePolicySet["policies"] = set?.policies ?? [];
  const compiled = compilePolicies({ policies }, { fields: leadFields, time: { now, zone }, pointer: "" });
  const common = compileCalendar(calendar);
  const people = new Map(users.map((user) => [user.id, user]));
  return {
    policyFor: (lead) => policyFor(lead, compiled),
    calendars(userId) {
      const user = people.get(userId);
      return user ? [calendarOf(user, common), common] : [common];
    },
    users,
    calendar,
    hasPolicies: policies.length > 0,
    now,
  };
}

/** How a clock goes on by the policy that holds for its lead now: the deadline, and the next step of the present owner. */
export type Planned = Pick<LeadClock, "policyId" | "respondBy" | "next">;

/** Undefined when no policy holds for the lead, or nobody ever works: then there is no deadline. */
export function planned(
  clock: LeadClock,
  lead: Lead,
  world: PlanWorld,
): (Planned & { policy: ResponsePolicy }) | undefined {
  const policy = world.policyFor(lead);
  if (!policy) return undefined;
  const { assignedAt, reassignments: attempt, done, isLastOwner = false } = clock;
  for (const calendar of world.calendars(clock.ownerId)) {
    const given = { policy, calendar, now: world.now.toISOString() };
    const plan = planResponse({ assignedAt, attempt, done, isLastOwner }, given);
    if (!plan) continue;
    // What belongs to later owners is planned when they are known.
    const step = plan.steps.find((each) => each.attempt === attempt);
    const next = step && { key: step.key, step: step.step, dueAt: step.dueAt };
    return { policy, policyId: policy.id, respondBy: plan.respondBy, next };
  }
  return undefined;
}
