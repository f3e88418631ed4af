import type { CallContext } from "../../kit/context.ts";
import { startedClock } from "./clock.ts";
import { type PlanWorld, planned } from "./planned.ts";
import type { ResponseClocks } from "./ports.ts";

export interface StartMissingDeps {
  clocks: Pick<ResponseClocks, "start" | "save" | "touchedSince">;
  /** Its request is the event of the change. */
  context: CallContext;
}

/**
 * Starts the clock of an assigned lead that has none, as no policy named it when it was assigned. Its time counts from now, as nobody
 * was asked to hurry before; what has been answered meanwhile gets none. Answers whether the lead has got a clock: whoever is
 * first to give it one has done so.
 */
export async function startMissingClock(
  leadId: string,
  world: PlanWorld,
  { clocks, context }: StartMissingDeps,
): Promise<boolean> {
  const { clock, lead } = await clocks.start(leadId);
  if (clock || lead?.status !== "assigned" || lead.ownerId === undefined) return false;
  const assigned = { version: lead.version, at: world.now.toISOString(), ownerId: lead.ownerId };
  const stamp = { ...context, command: "startMissingClock" };
  const begun = startedClock(leadId, assigned, { before: undefined, stamp });
  const plan = planned(begun, lead, world);
  if (!plan || (await clocks.touchedSince(leadId, lead.statusChangedAt)) !== undefined) return false;
  const { policy: _, ...fields } = plan;
  return clocks.save({ before: undefined, after: { ...begun, ...fields } });
}
