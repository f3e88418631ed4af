import type { Clock } from "../kit/context.ts";
import type { TimerLanes } from "./ports.ts";

/** No page of timers is begun with after this long, so that a sweep is over when the next one begins. */
const beginMilliseconds = 45_000;
const atOnce = 20;

/**
 * Does what is due of all timers, as far as it comes in a minute; the rest is still there for the next sweep. `advance` does it
 * for one record, and answers what came of it. @throws AggregateError of records that failed, after all others have been dealt with
 */
export async function sweepTimers<O extends string>(
  lanes: Pick<TimerLanes, "due">,
  { clock, now }: { clock: Clock; now: Date },
  advance: (id: string) => Promise<O>,
): Promise<Partial<Record<O, number>>> {
  const started = clock.now().getTime();
  const swept: Partial<Record<O, number>> = {};
  const errors: unknown[] = [];
  for await (const ids of lanes.due(now.toISOString())) {
    if (clock.now().getTime() - started > beginMilliseconds) break;
    const left = [...ids];
    const worker = async () => {
      for (let id = left.shift(); id !== undefined; id = left.shift()) {
        try {
          const outcome = await advance(id);
          swept[outcome] = (swept[outcome] ?? 0) + 1;
        } catch (error) {
          // One that fails keeps its timer, and holds up no other.
          errors.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }
  if (errors.length > 0) throw new AggregateError(errors, "some timers could not be moved on");
  return swept;
}
