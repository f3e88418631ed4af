import type { Lead } from "@shangji/contracts/leads/schemas";
import type { CallContext } from "../../kit/context.ts";
import { entityOf } from "../../kit/ids.ts";
import type { LaneStore, ListPosition } from "../../kit/record.ts";
import { endedPatch, isOpen, movedClock } from "./clock.ts";
import { loadPlanWorld, type PlanDeps, type PlanWorld, planned } from "./planned.ts";
import type { ReplanProgress, ReplanProgresses, ResponseClocks } from "./ports.ts";
import { replanned } from "./replanned.ts";
import { startMissingClocks } from "./start-missing-clocks.ts";

export interface ReplanDeps extends PlanDeps {
  clocks: Pick<ResponseClocks, "start" | "save" | "timers" | "shards" | "touchedSince">;
  leads: Pick<LaneStore<Lead>, "list">;
  progresses: ReplanProgresses;
  /** Its request is the event of the change. */
  context: CallContext;
}

export interface ReplanStep {
  done: boolean;
  records: number;
  waitSeconds?: number;
}

/** Settings and people are remembered for half a minute everywhere; then whoever starts a clock does so by the new ones. */
const settledSeconds = 31;
const perChunk = 100;
const mostAttempts = 4;
/** Id of the setting of policies: by new ones leads may need a clock that had none. */
const policiesId = "response-policies";

/**
 * One chunk of planning open clocks anew, after policies, the organisation's calendar or a person's hours have changed: those of
 * the person if the id is a user's, else all that have timers. It moves timers alone; what is overdue by the new rules is due
 * now, and the next sweep does it. After a change of policies leads that have no clock get one. A chunk may run again, late and beside itself.
 */
export async function replanClocks({ id }: { id: string }, deps: ReplanDeps): Promise<ReplanStep> {
  const { requestId: cause } = deps.context;
  const progress = await deps.progresses.get(cause);
  if (!progress) {
    await deps.progresses.put(cause, { shard: 0 });
    return { done: false, records: 0, waitSeconds: settledSeconds };
  }
  if (progress.shard >= deps.clocks.shards) {
    return id === policiesId ? startMissing(progress, deps) : { done: true, records: 0 };
  }
  const isPerson = entityOf(id) === "user";
  const { leadIds, next } = isPerson ? await ofPerson(id, progress, deps) : await ofAll(progress, deps);
  const world = await loadPlanWorld(deps);
  let records = 0;
  await Promise.all(
    leadIds.map(async (leadId) => {
      if (await replanClock(leadId, world, deps)) records += 1;
    }),
  );
  const last = isPerson ? deps.clocks.shards : progress.shard + 1;
  const place: ReplanProgress = next ? { ...progress, after: next } : { shard: last };
  await deps.progresses.put(cause, place);
  return { done: place.shard >= deps.clocks.shards && id !== policiesId, records };
}

async function startMissing({ shard, missing }: ReplanProgress, deps: ReplanDeps): Promise<ReplanStep> {
  const world = await loadPlanWorld(deps);
  if (!world.hasPolicies) return { done: true, records: 0 };
  const { started, next } = await startMissingClocks(missing, world, deps);
  if (next) await deps.progresses.put(deps.context.requestId, { shard, missing: next });
  return { done: next === undefined, records: started };
}

interface Leads {
  leadIds: string[];
  next?: ListPosition | undefined;
}

async function ofPerson(id: string, { after }: ReplanProgress, { leads }: ReplanDeps): Promise<Leads> {
  const { items, next } = await leads.list({ by: "owner", id }, { limit: perChunk, after });
  return { leadIds: items.filter(({ status }) => status === "assigned").map((lead) => lead.id), next };
}

/** A timer that is moved on meanwhile may come again, and one that is moved back is due by the new plan already. */
function ofAll({ shard, after }: ReplanProgress, { clocks }: ReplanDeps): Promise<Leads> {
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
