import { type LookDeps, lookAtCountdown } from "./look-at-countdown.ts";
import type { Recyclable } from "./recycled-kind.ts";
import { loadRecyclingWorld, type RecyclingWorld, type RecyclingWorldDeps } from "./recycling-world.ts";

/** `none`: nothing is counted, or it is counted as it was. */
export type PlanOutcome = "planned" | "ended" | "none";

/** Others at work on the same countdown, time and again. It is tried again later. */
class CountdownBusy extends Error {
  override readonly name = "CountdownBusy";
}

const mostAttempts = 5;

/**
 * Makes the countdown of a record what the record, its history and the rules make of it. What is due is left to the sweep.
 * @throws CountdownBusy when others were first too often; nothing is written then
 */
export async function planCountdown<T extends Recyclable>(
  id: string,
  world: RecyclingWorld<T>,
  deps: LookDeps<T>,
): Promise<PlanOutcome> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const { start, reckoned } = await lookAtCountdown(id, { world, command: "planRecycling" }, deps);
    const after = reckoned.kind === "step" ? reckoned.planned : reckoned.kind === "none" ? undefined : reckoned.after;
    if (!after) return "none";
    if (await deps.countdowns.save({ before: start.countdown, after })) {
      return reckoned.kind === "ended" ? "ended" : "planned";
    }
  }
  throw new CountdownBusy();
}

/** Makes the countdown of a record follow what has happened to it; where there are no rules, it ends when its timer comes. */
export async function followForRecycling<T extends Recyclable>(
  id: string,
  deps: LookDeps<T> & RecyclingWorldDeps<T>,
): Promise<PlanOutcome> {
  const world = await loadRecyclingWorld(deps);
  return world.hasRules ? planCountdown(id, world, deps) : "none";
}
