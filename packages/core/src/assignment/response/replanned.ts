import { type ClockStamp, type LeadClock, movedClock } from "./clock.ts";
import type { Planned } from "./planned.ts";

/** A clock with its deadline and timer as planned anew; undefined when they are what they were. */
export function replanned(
  clock: LeadClock,
  { next, respondBy, policyId }: Planned,
  stamp: ClockStamp,
): LeadClock | undefined {
  const isSame =
    next?.key === clock.next?.key &&
    next?.dueAt === clock.next?.dueAt &&
    respondBy === clock.respondBy &&
    policyId === clock.policyId;
  return isSame ? undefined : movedClock(clock, { next, respondBy, policyId }, stamp);
}
