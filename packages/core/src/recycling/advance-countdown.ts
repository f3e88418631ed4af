import { revise } from "../kit/revise.ts";
import { leadPooled } from "../pools/pooled-lead.ts";
import type { Pools } from "../pools/ports.ts";
import { type LookDeps, lookAtCountdown } from "./look-at-countdown.ts";
import type { CountdownStart, Countdowns } from "./ports.ts";
import type { Reckoned } from "./reckon.ts";
import type { RecyclingWorld } from "./recycling-world.ts";

export interface AdvanceDeps extends LookDeps {
  countdowns: LookDeps["countdowns"] & Pick<Countdowns, "recycle">;
  pools: Pick<Pools, "get">;
  /** Waits before another attempt; attempts count from 1. */
  pause(attempt: number): Promise<void>;
}

/** `busy`: others were first too often, or the pool has just gone, and the timer is still there; `none`: nothing was to be done. */
export type AdvanceOutcome = "warned" | "recycled" | "moved" | "ended" | "busy" | "none";

const mostAttempts = 8;
const command = "recycleLead";

/**
 * Does the step of a lead's countdown that is due now, if there is one, in one conditional write: so of two that do it at once, or
 * of a step and a follow-up, one wins, and the other looks again and finds how things are.
 */
export async function advanceCountdown(
  leadId: string,
  world: RecyclingWorld,
  deps: AdvanceDeps,
): Promise<AdvanceOutcome> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const { start, reckoned } = await lookAtCountdown(leadId, { world, command }, deps);
    const outcome = await act(start, reckoned, deps);
    if (outcome !== "changed") return outcome;
    await deps.pause(attempt);
  }
  return "busy";
}

async function act(start: CountdownStart, reckoned: Reckoned, deps: AdvanceDeps): Promise<AdvanceOutcome | "changed"> {
  const { countdown: before } = start;
  switch (reckoned.kind) {
    case "none":
      return "none";
    case "ended":
    case "planned":
      if (!(await deps.countdowns.save({ before, after: reckoned.after }))) return "changed";
      return reckoned.kind === "ended" ? "ended" : "moved";
    case "step":
      if (reckoned.next.step === "recycle") return recycle(start, reckoned, deps);
      return (await deps.countdowns.save({ before, after: reckoned.done })) ? "warned" : "changed";
  }
}

async function recycle(
  { countdown, counted, notes }: CountdownStart,
  { lead, done }: Extract<Reckoned, { kind: "step" }>,
  { countdowns, pools, context }: AdvanceDeps,
): Promise<AdvanceOutcome | "changed"> {
  const pool = await pools.get(done.poolId ?? "");
  // Pools are remembered for half a minute; then no rule is for the lead, or another one.
  if (!pool) return "busy";
  const at = context.clock.now().toISOString();
  const patch = leadPooled(lead, { poolId: pool.id, at, reason: "recycled" });
  const after = revise(lead, patch, { context, command, reason: "recycled" });
  const written = await countdowns.recycle({
    move: { before: lead, after, counted },
    countdown: { before: countdown, after: done },
    notes,
  });
  return written === "written" ? "recycled" : "changed";
}
