import type { Lead } from "@shangji/contracts/leads/schemas";
import type { CallContext } from "../../kit/context.ts";
import { entityOf } from "../../kit/ids.ts";
import type { LaneStore, ListPosition, Page, Stored } from "../../kit/record.ts";
import type { Teams } from "../../people/ports.ts";
import type { ReplanProgresses } from "../../timers/ports.ts";
import { type ReplanStep, replanChunk } from "../../timers/replan-chunk.ts";
import { endedPatch, isOpen, movedClock } from "./clock.ts";
import { loadPlanWorld, type PlanDeps, type PlanWorld, planned } from "./planned.ts";
import type { ResponseClocks } from "./ports.ts";
import { replanned } from "./replanned.ts";
import { startMissingClock } from "./start-missing-clock.ts";

export interface ReplanDeps extends PlanDeps {
  clocks: Pick<ResponseClocks, "start" | "save" | "timers" | "shards" | "touchedSince">;
  leads: Pick<LaneStore<Lead>, "list">;
  teams: Pick<Teams, "all">;
  progresses: ReplanProgresses;
  /** Its request is the event of the change. */
  context: CallContext;
}

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
  const { clocks } = deps;
  const isPerson = entityOf(id) === "user";
  const ofClocks = isPerson ? 1 : clocks.shards;
  return replanChunk(
    {
      cause,
      parts: id === policiesId ? ofClocks + 1 : ofClocks,
      page(part, after) {
        if (part === ofClocks) return ofAll(after, deps);
        return isPerson ? ofPerson(id, after, deps) : ofShard(part, after, deps);
      },
      async plan(leadIds, part) {
        const world = await loadPlanWorld(deps);
        const planOne = part === ofClocks ? startMissingClock : replanClock;
        const changed = await Promise.all(leadIds.map((leadId) => planOne(leadId, world, deps)));
        return changed.filter(Boolean).length;
      },
    },
    deps,
  );
}

/** By last change, latest first: whoever gets a lead meanwhile gets its clock by that. */
async function ofAll(after: ListPosition | undefined, deps: ReplanDeps) {
  const { leads, teams } = deps;
  if (!(await loadPlanWorld(deps)).hasPolicies) return { ids: [] };
  const teamIds = (await teams.all()).map(({ id }) => id);
  return assignedIn(await leads.list({ by: "all", teamIds }, { limit: perChunk, after }));
}

async function ofPerson(id: string, after: ListPosition | undefined, { leads }: ReplanDeps) {
  return assignedIn(await leads.list({ by: "owner", id }, { limit: perChunk, after }));
}

function assignedIn({ items, next }: Page<Stored<Lead>>) {
  return { ids: items.filter(({ status }) => status === "assigned").map(({ id }) => id), next };
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
