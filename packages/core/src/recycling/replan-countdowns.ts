import type { Lead } from "@shangji/contracts/leads/schemas";
import type { LaneStore } from "../kit/record.ts";
import type { Teams } from "../people/ports.ts";
import type { ReplanProgresses } from "../timers/ports.ts";
import { type ReplanStep, replanChunk } from "../timers/replan-chunk.ts";
import { isOwned } from "./countdown.ts";
import type { LookDeps } from "./look-at-countdown.ts";
import { planCountdown } from "./plan-countdown.ts";
import { loadRecyclingWorld, type RecyclingWorldDeps } from "./recycling-world.ts";

export interface ReplanCountdownsDeps extends LookDeps, RecyclingWorldDeps {
  leads: Pick<LaneStore<Lead>, "list">;
  teams: Pick<Teams, "all">;
  progresses: ReplanProgresses;
}

const perChunk = 100;
const atOnce = 20;

/**
 * One chunk of planning all leads that somebody has anew, after the rules have changed: a new rule may be for leads that had no
 * countdown. Leads are gone through by their last change, latest first; those that change meanwhile are planned by what is told of
 * that. Steps that are due by the new rules are left to the sweep. A chunk may run again, late and beside itself.
 */
export function replanCountdowns(deps: ReplanCountdownsDeps): Promise<ReplanStep> {
  const { leads, teams, context, progresses } = deps;
  const page = async (_: number, after: Parameters<typeof leads.list>[1]["after"]) => {
    const teamIds = (await teams.all()).map(({ id }) => id);
    const { items, next } = await leads.list({ by: "all", teamIds }, { limit: perChunk, after });
    return { ids: items.filter(isOwned).map(({ id }) => id), next };
  };
  return replanChunk({ cause: context.requestId, parts: 1, page, plan: (ids) => planAll(ids, deps) }, { progresses });
}

async function planAll(ids: readonly string[], deps: ReplanCountdownsDeps): Promise<number> {
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
