import type { TimerStamp } from "../../timers/timer-row.ts";
import { type LeadClock, movedClock } from "./clock.ts";
import type { Planned } from "./planned.ts";

/** A clock with its deadline and timer as planned anew; undefined when they are what they were. */
export function replanned(
  clock: LeadClock,
  { next, respondBy, policyId }: Planned,
  stamp: TimerStamp,
): LeadClock | undefined {
  const now = stamp.clock.now().toISOString();
  const isSame =
    next?.key === clock.next?.key &&
    dueFrom(next?.dueAt, now) === dueFrom(clock.next?.dueAt, now) &&
    respondBy === clock.respondBy &&
    policyId === clock.policyId;
  return isSame ? undefined : movedClock(clock, { next, respondBy, policyId }, stamp);
}

/** What is overdue is due now, whenever that is asked. */
function dueFrom(dueAt: string | undefined, now: string): string | undefined {
  return dueAt !== undefined && dueAt < now ? now : dueAt;
}
