import type { Lead } from "@shangji/contracts/leads/schemas";
import type { CallContext } from "../../kit/context.ts";
import { entityOf } from "../../kit/ids.ts";
import type { LaneStore, ListPosition } from "../../kit/record.ts";
import type { ReplanProgresses } from "../../timers/ports.ts";
import { type Replan, type ReplanStep, replanChunk } from "../../timers/replan-chunk.ts";
import { endedPatch, isOpen, movedClock } from "./clock.ts";
import { loadPlanWorld, type PlanDeps, type PlanWorld, planned } from "./planned.ts";
import type { ResponseClocks } from "./ports.ts";
import { replanned } from "./replanned.ts";

export interface ReplanDeps extends PlanDeps {
  clocks: Pick<ResponseClocks, "start" | "save" | "timers" | "shards">;
  leads: Pick<LaneStore<Lead>, "list">;
  progresses: ReplanProgresses;
  /** Its request is the event of the change. */
  context: CallContext;
}

const perChunk = 100;
const mostAttempts = 4;

/**
 * One chunk of planning open clocks anew, after policies, the organisation's calendar or a person's hours have changed: those of
 * the person if the id is a user's, else all that have timers. It moves timers alone; what is overdue by the new rules is due
 * now, and the next sweep does it. A chunk may run again, late and beside itself.
 */
export async function replanClocks({ id }: { id: string }, deps: ReplanDeps): Promise<ReplanStep> {
  const { requestId: cause } = deps.context;
  const isPerson = entityOf(id) === "user";
  const all: Pick<Replan, "parts" | "page"> = isPerson
    ? { parts: 1, page: (_, after) => ofPerson(id, after, deps) }
    : { parts: deps.clocks.shards, page: (shard, after) => ofShard(shard, after, deps) };
  const plan = async (leadIds: readonly string[]) => {
    const world = await loadPlanWorld(deps);
    const moved = await Promise.all(leadIds.map((leadId) => replanClock(leadId, world, deps)));
    return moved.filter(Boolean).length;
  };
  return replanChunk({ cause, ...all, plan }, deps);
}

async function ofPerson(id: string, after: ListPosition | undefined, { leads }: ReplanDeps) {
  const { items, next } = await leads.list({ by: "owner", id }, { limit: perChunk, after });
  return { ids: items.filter(({ status }) => status === "assigned").map((lead) => lead.id), next };
}

/** A timer that is moved on meanwhile may come again, and one that is moved back is due by the new plan already. */
function ofShard(shard: number, after: ListPosition | undefined, { clocks }: ReplanDeps) {
  return clocks.timers(shard, { limit: perChunk, after });
}

/** Whether it changed anything. */
async function replanClock(leadId: string, world: PlanWorld, { clocks, context }: ReplanDeps): Promise<boolean> {
  const stamp = { ...context, command: "replanClocks" };
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const { clock, lead } = await clocks.start(leadId);
    // What has happened to the lead besides is told by other events.
    if (!isOpen(clock) || !lead || lead.ownerId !== clock.ownerId) return false;
    const plan = planned(clock, lead, world);
    const after = plan ? replanned(clock, plan, stamp) : movedClock(clock, endedPatch, stamp);
    if (!after) return false;
    if (await clocks.save({ before: clock, after })) return true;
  }
  throw new Error("a clock was changed by others too often");
}
