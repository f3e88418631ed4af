import type { AssignmentBacktest, AssignmentBacktestRequest } from "@shangji/contracts/assignment/backtest";
import { backtestLimits } from "@shangji/contracts/assignment/backtest";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Pool } from "@shangji/contracts/pools/schemas";
import { type Calendars, getCalendar } from "../../calendar/organization-calendar.ts";
import type { CallContext } from "../../kit/context.ts";
import { DomainError } from "../../kit/domain-error.ts";
import { type LanePart, type ListPosition, nobody, type Stored } from "../../kit/record.ts";
import { startOf } from "../../kit/zone.ts";
import type { Leads } from "../../leads/ports.ts";
import type { Teams, Users } from "../../people/ports.ts";
import { poolForNobodys } from "../../pools/default-pool.ts";
import type { Pools } from "../../pools/ports.ts";
import type { Scores } from "../../scoring/ports.ts";
import { ownersByCompany } from "../account-owners.ts";
import { assertKnownReferences } from "../known-references.ts";
import type { AccountOwners } from "../ports.ts";
import { type AssignmentRuleSets, getAssignmentRules } from "../rule-set.ts";
import { type Replayed, replay } from "./replay.ts";

export interface BacktestDeps {
  /** As the caller sees them. */
  leads: Pick<Leads, "select">;
  scores: Pick<Scores, "ofMany">;
  accountOwners: AccountOwners;
  ruleSets: AssignmentRuleSets;
  calendars: Calendars;
  users: Pick<Users, "all">;
  teams: Pick<Teams, "all">;
  pools: Pick<Pools, "all">;
  settings: { zone: string };
  context: CallContext;
}

/** Pages of leads that are read at most; a page looks at a thousand. */
const mostPages = 10;
const perPage = 500;

/**
 * Who would have got the leads of a past period by some rules. Leads, people and hours are taken as they are now, and so are those
 * leads that somebody was given on purpose. Nothing is written.
 * @throws DomainError `invalid_request` naming faults of conditions, `unknown_reference`, `query_too_expensive` when the period has
 * too many leads
 */
export async function backtestAssignment(
  { from, to, rules: proposed }: AssignmentBacktestRequest,
  deps: BacktestDeps,
): Promise<AssignmentBacktest> {
  const { zone } = deps.settings;
  const rules = proposed ?? (await getAssignmentRules(deps));
  if (proposed) await assertKnownReferences(proposed.rules, deps, "/body/rules");
  const [leads, users, calendar, pools] = await Promise.all([
    leadsOf({ from: startOf(zone, from), to: startOf(zone, to) }, deps),
    deps.users.all(),
    getCalendar(deps),
    deps.pools.all(),
  ]);
  const asksForOwners = rules.rules.some(({ enabled, target }) => enabled && target.kind === "account_owner");
  const [scores, accountOwners] = await Promise.all([
    deps.scores.ofMany(leads.map(({ id }) => id)),
    ownersByCompany(asksForOwners ? leads : [], deps),
  ]);
  const today = deps.context.clock.now();
  const replayed = replay(leads, { scores, accountOwners, rules, users, calendar, zone, today });
  return { from, to, ...(await reportOn(replayed, { ruleIds: rules.rules.map(({ id }) => id), pools })) };
}

/** Leads of the period that are still there: what was created since then has been changed since then. */
async function leadsOf(
  { from, to }: { from: string; to: string },
  { leads, teams }: Pick<BacktestDeps, "leads" | "teams">,
): Promise<Stored<Lead>[]> {
  const lanes = [...(await teams.all()).map(({ id }) => id), nobody].map((id): LanePart => ({ by: "team", id }));
  const where = ({ createdAt }: Lead) => createdAt >= from && createdAt < to;
  const order = { by: "updated", descending: false } as const;
  const selection = { lanes, order, range: { from }, beside: [], where, expected: perPage };
  const found: Stored<Lead>[] = [];
  let after: ListPosition | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { items, next } = await leads.select(selection, { limit: perPage, after });
    found.push(...items);
    if (found.length > backtestLimits.leads) break;
    if (next === undefined) return found;
    after = next;
  }
  throw new DomainError(
    "query_too_expensive",
    `The period has more than ${backtestLimits.leads} leads, or too many have changed since. Choose a shorter or a later one.`,
  );
}

async function reportOn(
  replayed: readonly Replayed[],
  { ruleIds, pools }: { ruleIds: readonly string[]; pools: readonly Stored<Pool>[] },
): Promise<Omit<AssignmentBacktest, "from" | "to">> {
  const known = { pools: { all: async () => pools } };
  const decisions = await Promise.all(
    replayed.map(async ({ lead, decision }) => ({
      leadId: lead.id,
      at: lead.createdAt,
      ruleId: decision.ruleId,
      userId: decision.to === "user" ? decision.userId : undefined,
      poolId: decision.to === "pool" ? (await poolForNobodys(decision.poolId, known))?.id : undefined,
      ownerId: lead.ownerId,
    })),
  );
  const given = tally(decisions, ({ userId }) => userId);
  const owned = tally(decisions, ({ ownerId }) => ownerId);
  const pooled = tally(decisions, ({ poolId }) => poolId);
  const decided = tally(decisions, ({ ruleId }) => ruleId);
  const assigned = tally(decisions, ({ ruleId, userId }) => userId && ruleId);
  const counts = { assigned: sum(given), pooled: sum(pooled) };
  return {
    leads: decisions.length,
    ...counts,
    unassigned: decisions.length - counts.assigned - counts.pooled,
    people: [...given]
      .map(([userId, leads]) => ({ userId, leads, ownsNow: owned.get(userId) ?? 0 }))
      .sort((left, right) => right.leads - left.leads || (left.userId < right.userId ? -1 : 1)),
    rules: ruleIds.map((ruleId) => ({
      ruleId,
      decided: decided.get(ruleId) ?? 0,
      assigned: assigned.get(ruleId) ?? 0,
    })),
    pools: [...pooled].map(([poolId, leads]) => ({ poolId, leads })),
    decisions,
  };
}

function tally<T>(all: readonly T[], keyOf: (each: T) => string | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of all) {
    const key = keyOf(each);
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
