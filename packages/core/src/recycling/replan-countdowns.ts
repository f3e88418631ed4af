import type { LaneStore } from "../kit/record.ts";
import type { Teams } from "../people/ports.ts";
import type { ReplanProgresses } from "../timers/ports.ts";
import { type ReplanStep, replanChunk } from "../timers/replan-chunk.ts";
import type { LookDeps } from "./look-at-countdown.ts";
import { planCountdown } from "./plan-countdown.ts";
import { isOwned, type Recyclable } from "./recycled-kind.ts";
import { loadRecyclingWorld, type RecyclingWorldDeps } from "./recycling-world.ts";

export interface ReplanCountdownsDeps<T> extends LookDeps<T>, RecyclingWorldDeps<T> {
  records: Pick<LaneStore<T>, "list">;
  teams: Pick<Teams, "all">;
  progresses: ReplanProgresses;
}

const perChunk = 100;
const atOnce = 20;

/**
 * One chunk of planning all records of a kind that somebody has anew, after the rules have changed: a new rule may be for those that
 * had no countdown. They are gone through by their last change, latest first; those that change meanwhile are planned by what is told
 * of that. Steps that are due by the new rules are left to the sweep. A chunk may run again, late and beside itself.
 */
export function replanCountdowns<T extends Recyclable>(deps: ReplanCountdownsDeps<T>): Promise<ReplanStep> {
  const { kind, records, teams, context, progresses } = deps;
  const page = async (_: number, after: Parameters<typeof records.list>[1]["after"]) => {
    const teamIds = (await teams.all()).map(({ id }) => id);
    const { items, next } = await records.list({ by: "all", teamIds }, { limit: perChunk, after });
    return { ids: items.filter((record) => isOwned(record, kind)).map(({ id }) => id), next };
  };
  return replanChunk({ cause: context.requestId, parts: 1, page, plan: (ids) => planAll(ids, deps) }, { progresses });
}

async function planAll<T extends Recyclable>(ids: readonly string[], deps: ReplanCountdownsDeps<T>): Promise<number> {
  const world = await loadRecyclingWorld(deps);
  const left = [...ids];
  let changed = 0;
  const worker = async () => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) {
      if ((await planCountdown(id, world, deps)) !== "none") changed += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return changed;
}
