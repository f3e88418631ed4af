import type { LocalClock } from "../../clock/local-clock.ts";
import { atLocalTime } from "../timing/local-timer.ts";
import type { Rule } from "./rule.ts";

/** Occurrences that are made up for when the clock jumps over many; the latest ones. */
export const MOST_CAUGHT_UP = 3;

/**
 * Fires scheduled rules on the local clock until the returned function is called. When the clock is moved over more
 * than `MOST_CAUGHT_UP` occurrences of a rule, only that many of the latest fire. Timers do not keep the process alive.
 */
export function runSchedules(
  rules: readonly Rule[],
  clock: LocalClock,
  fire: (rule: Rule, dueMs: number) => void,
): () => void {
  const cancels = new Map<Rule, () => void>();
  const plan = (rule: Rule, afterMs: number): void => {
    const { schedule } = rule;
    const due = schedule?.next(afterMs);
    if (schedule === undefined || due === undefined || !Number.isFinite(due)) return;
    cancels.set(
      rule,
      atLocalTime(clock, due, () => {
        const now = clock.now();
        for (const missed of schedule.latest(now, afterMs, MOST_CAUGHT_UP).reverse()) fire(rule, missed);
        plan(rule, now);
      }),
    );
  };
  for (const rule of rules) plan(rule, clock.now());
  return () => {
    for (const cancel of cancels.values()) cancel();
  };
}
