import type { RecyclingRule } from "@shangji/contracts/recycling/rules";
import { movedRow, type TimerStamp, withStamp } from "../timers/timer-row.ts";
import { type Countdown, doneAhead, doneIn, endedPatch, isSamePlan } from "./countdown.ts";
import { type Due, dueAt, type OwnedTimes } from "./due-at.ts";
import { planRecycling, type RecyclingStep } from "./plan-recycling.ts";
import type { Owned } from "./recycled-kind.ts";

/** What is to be done with a countdown: nothing, to write how things are, or also a step that is due. */
export type Reckoned<T> =
  | { kind: "none" }
  | { kind: "ended" | "planned"; after: Countdown }
  | {
      kind: "step";
      record: Owned<T>;
      next: RecyclingStep;
      /** How things are while the step is not done; undefined when that is what is written. */
      planned: Countdown | undefined;
      /** How things are once it is done at this time. */
      done: Countdown;
    };

/** A record that a rule is for, and what its days are counted from. */
export interface Held<T> {
  record: Owned<T>;
  rule: RecyclingRule;
  times: OwnedTimes;
}

/**
 * Reckons a countdown from the record, its history and the rules as they are now, whatever was told of them: so what is told twice, late
 * or out of order changes nothing, and a follow-up that nobody has told of yet counts.
 */
export function reckon<T extends { id: string }>(
  held: Held<T> | undefined,
  countdown: Countdown | undefined,
  { now, stamp }: { now: Date; stamp: TimerStamp },
): Reckoned<T> {
  const due = held && dueAt(held.rule, held.times);
  if (!due) {
    if (countdown?.state !== "running") return { kind: "none" };
    return { kind: "ended", after: movedRow<Countdown>(countdown, endedPatch, stamp) };
  }
  const { record, times } = held;
  const counting: Counting<T> = { ...held, due, before: countdown, now: now.toISOString(), stamp };
  const known = doneIn(countdown, { ownerId: record.ownerId, ownedSince: times.ownedSince, now: counting.now });
  const planned = counted(counting, known);
  const { next } = planned;
  if (next && next.dueAt <= counting.now) {
    const done = { ...known, [next.key]: counting.now };
    const after = next.step === "warn" ? counted(counting, done) : recycled(planned, done, counting);
    return { kind: "step", record, next, planned: isSamePlan(countdown, planned) ? undefined : planned, done: after };
  }
  return isSamePlan(countdown, planned) ? { kind: "none" } : { kind: "planned", after: planned };
}

interface Counting<T> extends Held<T> {
  due: Due;
  before: Countdown | undefined;
  now: string;
  stamp: TimerStamp;
}

function counted<T extends { id: string }>(
  { record, times, rule, due, before, now, stamp }: Counting<T>,
  done: Countdown["done"],
): Countdown {
  const { ownedSince, touchedAt } = times;
  const { recycleAt, because, warned, next } = planRecycling(due, { rule, done, now });
  const owned = { id: record.id, state: "running" as const, ownerId: record.ownerId, ownedSince, touchedAt };
  const plan = { ruleId: rule.id, poolId: rule.poolId, recycleAt, because, warned, next };
  return withStamp<Countdown>({ ...owned, ...plan, done: stillMeant(done, { now, next }) }, { before, stamp });
}

function recycled(
  planned: Countdown,
  done: Countdown["done"],
  { before, now, stamp }: Pick<Counting<unknown>, "before" | "now" | "stamp">,
): Countdown {
  const { next: _, ...rest } = planned;
  return withStamp<Countdown>({ ...rest, state: "recycled", recycledAt: now, done }, { before, stamp });
}

/** Of an end that is past, and not the present one, there is no plan any more. */
function stillMeant(done: Countdown["done"], { now, next }: { now: string; next: RecyclingStep }): Countdown["done"] {
  const [due = ""] = next.key.split("/");
  const present = Object.entries(done).filter(([key]) => key.startsWith(due));
  return { ...doneAhead(done, now), ...Object.fromEntries(present) };
}
