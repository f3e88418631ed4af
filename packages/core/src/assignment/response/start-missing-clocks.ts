import type { Lead } from "@shangji/contracts/leads/schemas";
import type { CallContext } from "../../kit/context.ts";
import type { LaneStore, ListPosition } from "../../kit/record.ts";
import { startedClock } from "./clock.ts";
import { type PlanWorld, planned } from "./planned.ts";
import type { ResponseClocks } from "./ports.ts";

export interface StartMissingDeps {
  clocks: Pick<ResponseClocks, "start" | "save" | "touchedSince">;
  leads: Pick<LaneStore<Lead>, "list">;
  /** Its request is the event of the change. */
  context: CallContext;
}

/** Whose leads are looked at next, and where among them. */
export interface MissingPlace {
  ownerId: string;
  after?: ListPosition | undefined;
}

/** People whose leads are looked at in one chunk at most: a page of each. */
const peopleAtOnce = 25;

/**
 * One chunk of starting clocks of assigned leads that have none, as no policy named them when they were assigned: a page of the
 * leads of some people. Their time counts from now, as nobody was asked to hurry before; what has been answered meanwhile gets none.
 * Begins with the first person when there is no place; there is no next one when all have been looked at.
 */
export async function startMissingClocks(
  place: MissingPlace | undefined,
  world: PlanWorld,
  deps: StartMissingDeps,
): Promise<{ started: number; next?: MissingPlace }> {
  const people = world.users.map(({ id }) => id).sort();
  const from = place ? people.filter((id) => id >= place.ownerId) : people;
  let started = 0;
  for (const [looked, ownerId] of from.entries()) {
    if (looked === peopleAtOnce) return { started, next: { ownerId } };
    const after = ownerId === place?.ownerId ? place.after : undefined;
    const { items, next } = await deps.leads.list({ by: "owner", id: ownerId }, { limit: 100, after });
    const assigned = items.filter(({ status }) => status === "assigned");
    const done = await Promise.all(assigned.map(({ id }) => startMissing(id, world, deps)));
    started += done.filter(Boolean).length;
    if (next !== undefined) return { started, next: { ownerId, after: next } };
  }
  return { started };
}

/** Whether the lead has got a clock. Whoever is first to give it one has done so. */
async function startMissing(leadId: string, world: PlanWorld, { clocks, context }: StartMissingDeps): Promise<boolean> {
  const { clock, lead } = await clocks.start(leadId);
  if (clock || lead?.status !== "assigned" || lead.ownerId === undefined) return false;
  const assigned = { version: lead.version, at: world.now.toISOString(), ownerId: lead.ownerId };
  const stamp = { ...context, command: "startMissingClocks" };
  const begun = startedClock(leadId, assigned, { before: undefined, stamp });
  const plan = planned(begun, lead, world);
  if (!plan || (await clocks.touchedSince(leadId, lead.statusChangedAt)) !== undefined) return false;
  const { policy: _, ...fields } = plan;
  return clocks.save({ before: undefined, after: { ...begun, ...fields } });
}
