import { revise } from "../kit/revise.ts";
import type { Pools } from "../pools/ports.ts";
import { type LookDeps, lookAtCountdown } from "./look-at-countdown.ts";
import type { CountdownStart, Countdowns } from "./ports.ts";
import type { Reckoned } from "./reckon.ts";
import type { Recyclable } from "./recycled-kind.ts";
import type { RecyclingWorld } from "./recycling-world.ts";

export interface AdvanceDeps<T> extends LookDeps<T> {
  countdowns: LookDeps<T>["countdowns"] & Pick<Countdowns<T>, "recycle">;
  pools: Pick<Pools, "get">;
  /** Waits before another attempt; attempts count from 1. */
  pause(attempt: number): Promise<void>;
}

/** `busy`: others were first too often, or the pool has just gone, and the timer is still there; `none`: nothing was to be done. */
export type AdvanceOutcome = "warned" | "recycled" | "moved" | "ended" | "busy" | "none";

const mostAttempts = 8;

/**
 * Does the step of a record's countdown that is due now, if there is one, in one conditional write: so of two that do it at once, or
 * of a step and a follow-up, one wins, and the other looks again and finds how things are.
 */
export async function advanceCountdown<T extends Recyclable>(
  id: string,
  world: RecyclingWorld<T>,
  deps: AdvanceDeps<T>,
): Promise<AdvanceOutcome> {
  const command = `recycle${deps.kind.pooling.noun}`;
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const { start, reckoned } = await lookAtCountdown(id, { world, command }, deps);
    const outcome = await act({ start, reckoned, command }, deps);
    if (outcome !== "changed") return outcome;
    await deps.pause(attempt);
  }
  return "busy";
}

interface Look<T> {
  start: CountdownStart<T>;
  reckoned: Reckoned<T>;
  command: string;
}

async function act<T extends Recyclable>(look: Look<T>, deps: AdvanceDeps<T>): Promise<AdvanceOutcome | "changed"> {
  const { reckoned } = look;
  const before = look.start.countdown;
  switch (reckoned.kind) {
    case "none":
      return "none";
    case "ended":
    case "planned":
      if (!(await deps.countdowns.save({ before, after: reckoned.after }))) return "changed";
      return reckoned.kind === "ended" ? "ended" : "moved";
    case "step":
      if (reckoned.next.step === "recycle") return recycle({ ...look, reckoned }, deps);
      return (await deps.countdowns.save({ before, after: reckoned.done })) ? "warned" : "changed";
  }
}

async function recycle<T extends Recyclable>(
  { start, reckoned, command }: Look<T> & { reckoned: Extract<Reckoned<T>, { kind: "step" }> },
  { kind, countdowns, pools, context }: AdvanceDeps<T>,
): Promise<AdvanceOutcome | "changed"> {
  const { countdown, counted, notes } = start;
  const { record, done } = reckoned;
  const pool = await pools.get(done.poolId ?? "");
  // Pools are remembered for half a minute; then no rule is for the record, or another one.
  if (!pool) return "busy";
  const at = context.clock.now().toISOString();
  const patch = kind.pooling.pooled(record, { poolId: pool.id, at, reason: "recycled" });
  const after = revise(record, patch, { context, command, reason: "recycled" });
  const written = await countdowns.recycle({
    move: { before: record, after, counted },
    countdown: { before: countdown, after: done },
    notes,
  });
  return written === "written" ? "recycled" : "changed";
}
