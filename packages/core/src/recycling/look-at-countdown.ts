import type { CallContext } from "../kit/context.ts";
import { timesOf } from "./countdown.ts";
import { countsFrom } from "./due-at.ts";
import type { CountdownStart, Countdowns } from "./ports.ts";
import { type Held, type Reckoned, reckon } from "./reckon.ts";
import { isOwned, type Recyclable, type RecycledKind } from "./recycled-kind.ts";
import type { RecyclingWorld } from "./recycling-world.ts";

export interface LookDeps<T> {
  kind: RecycledKind<T>;
  countdowns: Pick<Countdowns<T>, "start" | "lately" | "dealsOf" | "save">;
  /** Its request is what asks for it: an event, or the minute of a sweep. */
  context: CallContext;
}

/** What is to be done with the countdown of a record. */
export async function lookAtCountdown<T extends Recyclable>(
  id: string,
  { world, command }: { world: RecyclingWorld<T>; command: string },
  deps: LookDeps<T>,
): Promise<{ start: CountdownStart<T>; reckoned: Reckoned<T> }> {
  // Notes are counted before they are looked for, so one that is written meanwhile makes the count another one.
  const start = await deps.countdowns.start(id);
  const held = await heldBy(start, world, deps);
  const stamp = { ...deps.context, command };
  return { start, reckoned: reckon(held, start.countdown, { now: world.now, stamp }) };
}

/** The record and what its days are counted from, if somebody has it and a rule is for it. */
async function heldBy<T extends Recyclable>(
  { record, countdown }: CountdownStart<T>,
  world: RecyclingWorld<T>,
  { kind, countdowns }: LookDeps<T>,
): Promise<Held<T> | undefined> {
  if (!isOwned(record, kind)) return undefined;
  const rule = world.ruleFor(record);
  if (!rule) return undefined;
  const { id, ownerId, createdAt } = record;
  const [lately, deals] = await Promise.all([
    countdowns.lately(id, countdown?.ownerId === ownerId ? countdown.ownedSince : createdAt),
    countsFrom(rule.after, "opportunity") ? countdowns.dealsOf(id) : undefined,
  ]);
  const times = timesOf(record, kind.timesOf(record, world.zone), { lately, deals, countdown });
  return { record, rule, times };
}
