import type { CallContext } from "../kit/context.ts";
import { isOwned } from "./countdown.ts";
import type { CountdownStart, Countdowns } from "./ports.ts";
import { type Reckoned, reckon } from "./reckon.ts";
import type { RecyclingWorld } from "./recycling-world.ts";

export interface LookDeps {
  countdowns: Pick<Countdowns, "start" | "lately" | "save">;
  /** Its request is what asks for it: an event, or the minute of a sweep. */
  context: CallContext;
}

/**
 * What is to be done with the countdown of a lead. Its notes are counted before they are looked for, so one that is written
 * meanwhile makes the count another one.
 */
export async function lookAtCountdown(
  leadId: string,
  { world, command }: { world: RecyclingWorld; command: string },
  { countdowns, context }: LookDeps,
): Promise<{ start: CountdownStart; reckoned: Reckoned }> {
  const start = await countdowns.start(leadId);
  const { lead, countdown } = start;
  const isWanted = isOwned(lead) && world.ruleFor(lead) !== undefined;
  const from = countdown && countdown.ownerId === lead?.ownerId ? countdown.ownedSince : lead?.createdAt;
  const lately = isWanted && from !== undefined ? await countdowns.lately(leadId, from) : {};
  return { start, reckoned: reckon(start, lately, { world, stamp: { ...context, command } }) };
}
