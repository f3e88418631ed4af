import { sweepTimers } from "../../timers/sweep-timers.ts";
import { type AdvanceDeps, type AdvanceOutcome, advanceClock } from "./advance-clock.ts";
import { loadPlanWorld } from "./planned.ts";
import type { ResponseClocks } from "./ports.ts";

export interface SweepDeps extends AdvanceDeps {
  clocks: AdvanceDeps["clocks"] & Pick<ResponseClocks, "due">;
}

export type Swept = Partial<Record<AdvanceOutcome, number>>;

/** Does what is due of all clocks. It may run twice and beside itself. @throws AggregateError as `sweepTimers` does */
export async function sweepClocks(deps: SweepDeps): Promise<Swept> {
  const world = await loadPlanWorld(deps);
  return sweepTimers(deps.clocks, { clock: deps.clock, now: world.now }, (id) => advanceClock(id, world, deps));
}
