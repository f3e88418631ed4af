import type { CallContext } from "../../kit/context.ts";
import type { TimerStamp } from "../../timers/timer-row.ts";
import {
  type Assigned,
  answeredPatch,
  endedPatch,
  fateOf,
  isOpen,
  isToAnswer,
  type LeadClock,
  movedClock,
  startedClock,
} from "./clock.ts";
import { loadPlanWorld, type PlanDeps, type PlanWorld, planned } from "./planned.ts";
import type { ClockStart, ResponseClocks } from "./ports.ts";
import { replanned } from "./replanned.ts";
import { startMissingClock } from "./start-missing-clock.ts";

export interface FollowDeps extends PlanDeps {
  clocks: Pick<ResponseClocks, "start" | "touchedSince" | "save">;
  /** Its request is the event that is followed. */
  context: CallContext;
}

/** `none`: the lead has no clock, or one that is over, and gets none. */
export type FollowOutcome = "started" | "answered" | "ended" | "moved" | "unchanged" | "none";

/** Others at work on the same clock, time and again. The event is tried again later. */
class ClockBusy extends Error {
  override readonly name = "ClockBusy";
}

const mostAttempts = 5;

/**
 * Makes the clock of a lead follow what has happened to it. It looks at the lead as it is now, so an event may come twice,
 * late and out of order: an assignment counts once, by the version of the lead that it made. A lead that has changed may be another
 * policy's, which then counts from the same beginning; one that had none gets its clock from now on.
 * @throws ClockBusy when others were first too often; nothing is written then
 */
export async function followLead(
  { leadId, assigned }: { leadId: string; assigned?: Assigned | undefined },
  deps: FollowDeps,
): Promise<FollowOutcome> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const [start, world] = await Promise.all([deps.clocks.start(leadId), loadPlanWorld(deps)]);
    const followed = await follow(start, { leadId, assigned, world }, deps);
    if (!("after" in followed)) return followed.outcome;
    if (await deps.clocks.save({ before: start.clock, after: followed.after })) return followed.outcome;
  }
  throw new ClockBusy();
}

interface Followed {
  outcome: FollowOutcome;
  after: LeadClock;
}

async function follow(
  { lead, clock }: ClockStart,
  { leadId, assigned, world }: { leadId: string; assigned: Assigned | undefined; world: PlanWorld },
  deps: FollowDeps,
): Promise<Followed | { outcome: "started" | "unchanged" | "none" }> {
  const stamp: TimerStamp = { ...deps.context, command: "followLead" };
  if (assigned && assigned.version > (clock?.leadVersion ?? 0) && isToAnswer(lead, assigned)) {
    const begun = startedClock(leadId, assigned, { before: clock, stamp });
    const plan = planned(begun, lead, world);
    if (plan) {
      const { policy: _, ...fields } = plan;
      const started = { ...begun, ...fields };
      const touchedAt = await deps.clocks.touchedSince(leadId, assigned.at);
      const fate = fateOf(started, lead, touchedAt);
      if (fate?.fate !== "answered") return { outcome: "started", after: started };
      return {
        outcome: "answered",
        after: { ...movedClock(started, answeredPatch(started, fate.at), stamp), version: begun.version },
      };
    }
    // No policy holds for the lead as its new owner has it.
    return isOpen(clock) ? { outcome: "ended", after: movedClock(clock, endedPatch, stamp) } : { outcome: "none" };
  }
  const isMissing = !clock && !assigned && lead?.status === "assigned" && world.policyFor(lead) !== undefined;
  if (isMissing && (await startMissingClock(leadId, world, deps))) return { outcome: "started" };
  if (!isOpen(clock)) return { outcome: "none" };
  const touchedAt = lead && (await deps.clocks.touchedSince(leadId, clock.assignedAt));
  const fate = fateOf(clock, lead, touchedAt);
  if (fate?.fate === "answered")
    return { outcome: "answered", after: movedClock(clock, answeredPatch(clock, fate.at), stamp) };
  if (fate?.fate === "ended") return { outcome: "ended", after: movedClock(clock, endedPatch, stamp) };
  const plan = lead && !fate ? planned(clock, lead, world) : undefined;
  // Without a policy it ends when its timer comes: policies may be newer than what is remembered of them.
  const after = plan && replanned(clock, plan, stamp);
  return after ? { outcome: "moved", after } : { outcome: "unchanged" };
}
