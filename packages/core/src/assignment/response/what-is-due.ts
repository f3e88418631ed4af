import type { ResponsePolicy } from "@shangji/contracts/assignment/response-policies";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Stored } from "../../kit/record.ts";
import { fateOf, type LeadClock } from "./clock.ts";
import { type Planned, type PlanWorld, planned } from "./planned.ts";

/** What is to be done with a clock whose timer has come: settle it, begin anew with another owner, wait longer, or a step. */
export type Due =
  | { kind: "answered"; at: string }
  | { kind: "ended" }
  | { kind: "begin" }
  | { kind: "wait"; plan: Planned }
  | { kind: "step"; lead: Stored<Lead>; policy: ResponsePolicy; next: NonNullable<LeadClock["next"]>; plan: Planned };

/**
 * Decides by the lead, its follow-ups, the policies and the calendars as they are now: so an answer that no event has told of yet
 * counts, a deadline that has moved is waited for, and a timer that comes twice finds nothing to do.
 */
export function whatIsDue(
  { clock, lead, touchedAt }: { clock: LeadClock; lead: Stored<Lead> | undefined; touchedAt: string | undefined },
  world: PlanWorld,
): Due {
  const fate = fateOf(clock, lead, touchedAt);
  if (fate?.fate === "answered") return { kind: "answered", at: fate.at };
  if (fate?.fate === "left") return { kind: "begin" };
  const found = lead && !fate ? planned(clock, lead, world) : undefined;
  if (!lead || !found) return { kind: "ended" };
  const { policy, ...plan } = found;
  if (!plan.next || plan.next.dueAt > world.now.toISOString()) return { kind: "wait", plan };
  return { kind: "step", lead, policy, next: plan.next, plan };
}
