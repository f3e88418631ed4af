import { sweepTimers } from "../timers/sweep-timers.ts";
import { type AdvanceDeps, type AdvanceOutcome, advanceCountdown } from "./advance-countdown.ts";
import type { Countdowns } from "./ports.ts";
import { loadRecyclingWorld, type RecyclingWorldDeps } from "./recycling-world.ts";

export interface SweepCountdownsDeps extends AdvanceDeps, RecyclingWorldDeps {
  countdowns: AdvanceDeps["countdowns"] & Pick<Countdowns, "due">;
  pools: AdvanceDeps["pools"] & RecyclingWorldDeps["pools"];
}

/** Gives the warnings that are due and recycles what is due. It may run twice and beside itself. @throws AggregateError as `sweepTimers` does */
export async function sweepCountdowns(deps: SweepCountdownsDeps): Promise<Partial<Record<AdvanceOutcome, number>>> {
  const world = await loadRecyclingWorld(deps);
  const { clock, countdowns } = deps;
  return sweepTimers(countdowns, { clock, now: world.now }, (id) => advanceCountdown(id, world, deps));
}
