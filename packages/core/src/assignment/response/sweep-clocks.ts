import { type AdvanceDeps, type AdvanceOutcome, advanceClock } from "./advance-clock.ts";
import { loadPlanWorld } from "./planned.ts";
import type { ResponseClocks } from "./ports.ts";

export interface SweepDeps extends AdvanceDeps {
  clocks: AdvanceDeps["clocks"] & Pick<ResponseClocks, "due">;
}

/** No page of timers is begun with after this long, so that a sweep is over when the next one begins. */
const beginMilliseconds = 45_000;
const atOnce = 20;

export type Swept = Partial<Record<AdvanceOutcome, number>>;

/**
 * Does what is due of all clocks, as far as it comes in a minute; the rest is still there for the next sweep. It may run twice
 * and beside itself. @throws AggregateError of clocks that failed, after all others have been dealt with
 */
export async function sweepClocks(deps: SweepDeps): Promise<Swept> {
  const started = deps.clock.now().getTime();
  const world = await loadPlanWorld(deps);
  const swept: Swept = {};
  const errors: unknown[] = [];
  for await (const leadIds of deps.clocks.due(world.now.toISOString())) {
    if (deps.clock.now().getTime() - started > beginMilliseconds) break;
    const left = [...leadIds];
    const worker = async () => {
      for (let id = left.shift(); id !== undefined; id = left.shift()) {
        try {
          const outcome = await advanceClock(id, world, deps);
          swept[outcome] = (swept[outcome] ?? 0) + 1;
        } catch (error) {
          // One that fails keeps its timer, and holds up no other.
          errors.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }
  if (errors.length > 0) throw new AggregateError(errors, "some clocks could not be moved on");
  return swept;
}
