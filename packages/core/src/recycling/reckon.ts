import type { RecyclingRule } from "@shangji/contracts/recycling/rules";
import { movedRow, type TimerStamp, withStamp } from "../timers/timer-row.ts";
import { type Countdown, doneIn, endedPatch, isOwned, isSamePlan, type OwnedLead, timesOf } from "./countdown.ts";
import type { OwnedTimes } from "./due-at.ts";
import { planRecycling, type RecyclingStep } from "./plan-recycling.ts";
import type { CountdownStart, Lately } from "./ports.ts";
import type { RecyclingWorld } from "./recycling-world.ts";

/** What is to be done with a countdown: nothing, to write how things are, or also a step that is due. */
export type Reckoned =
  | { kind: "none" }
  | { kind: "ended" | "planned"; after: Countdown }
  | {
      kind: "step";
      lead: OwnedLead;
      next: RecyclingStep;
      /** How things are while the step is not done; undefined when that is what is written. */
      planned: Countdown | undefined;
      /** How things are once it is done at this time. */
      done: Countdown;
    };

export interface Reckoning {
  world: RecyclingWorld;
  stamp: TimerStamp;
}

/**
 * Reckons a countdown from the lead, its history and the rules as they are now, whatever was told of them: so what is told twice, late
 * or out of order changes nothing, and a follow-up that nobody has told of yet counts.
 */
export function reckon(
  { lead, countdown }: Pick<CountdownStart, "lead" | "countdown">,
  lately: Lately,
  { world, stamp }: Reckoning,
): Reckoned {
  const rule = isOwned(lead) ? world.ruleFor(lead) : undefined;
  if (!isOwned(lead) || !rule) {
    if (countdown?.state !== "running") return { kind: "none" };
    return { kind: "ended", after: movedRow<Countdown>(countdown, endedPatch, stamp) };
  }
  const times = timesOf(lead, lately, countdown);
  const counting: Counting = { lead, times, rule, before: countdown, now: world.now.toISOString(), stamp };
  const known = doneIn(countdown, { ownerId: lead.ownerId, ownedSince: times.ownedSince });
  const planned = counted(counting, known);
  const { next } = planned;
  if (next && next.dueAt <= counting.now) {
    const done = { ...known, [next.key]: counting.now };
    const after = next.step === "warn" ? counted(counting, done) : recycled(planned, done, counting);
    return { kind: "step", lead, next, planned: isSamePlan(countdown, planned) ? undefined : planned, done: after };
  }
  return isSamePlan(countdown, planned) ? { kind: "none" } : { kind: "planned", after: planned };
}

interface Counting {
  lead: OwnedLead;
  times: OwnedTimes;
  rule: RecyclingRule;
  before: Countdown | undefined;
  now: string;
  stamp: TimerStamp;
}

function counted({ lead, times, rule, before, now, stamp }: Counting, done: Countdown["done"]): Countdown {
  const { ownedSince, touchedAt } = times;
  const { recycleAt, because, warned, next } = planRecycling(times, { rule, done, now });
  const owned = { id: lead.id, state: "running" as const, ownerId: lead.ownerId, ownedSince, touchedAt };
  const plan = { ruleId: rule.id, poolId: rule.poolId, recycleAt, because, warned, next };
  return withStamp<Countdown>({ ...owned, ...plan, done: stillMeant(done, { now, next }) }, { before, stamp });
}

function recycled(planned: Countdown, done: Countdown["done"], { before, now, stamp }: Counting): Countdown {
  const { next: _, ...rest } = planned;
  return withStamp<Countdown>({ ...rest, state: "recycled", recycledAt: now, done }, { before, stamp });
}

/** Keys begin with the time at which the lead is due. Of one that is past, and not the present one, there is no plan any more. */
function stillMeant(done: Countdown["done"], { now, next }: { now: string; next: RecyclingStep }): Countdown["done"] {
  const [due = ""] = next.key.split("/");
  return Object.fromEntries(Object.entries(done).filter(([key]) => key.startsWith(due) || key > now));
}
