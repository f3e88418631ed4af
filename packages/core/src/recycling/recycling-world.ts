import type { Lead } from "@shangji/contracts/leads/schemas";
import type { RecyclingRule } from "@shangji/contracts/recycling/rules";
import type { Clock } from "../kit/context.ts";
import { leadFields } from "../leads/fields.ts";
import type { Pools } from "../pools/ports.ts";
import { compileRecycling, ruleFor } from "./rule-for.ts";
import type { RecyclingRuleSets } from "./rule-set.ts";

/** All that a plan depends on besides the lead; each may be half a minute old. */
export interface RecyclingWorldDeps {
  recyclingRules: Pick<RecyclingRuleSets, "cached">;
  pools: Pick<Pools, "all">;
  settings: { zone: string };
  clock: Clock;
}

/** What plans are made of, for any number of leads of one moment. */
export interface RecyclingWorld {
  ruleFor(lead: Lead): RecyclingRule | undefined;
  hasRules: boolean;
  now: Date;
}

/** Reads rules and pools once for a number of plans. */
export async function loadRecyclingWorld(deps: RecyclingWorldDeps): Promise<RecyclingWorld> {
  const now = deps.clock.now();
  const { rules = [] } = (await deps.recyclingRules.cached()) ?? {};
  if (rules.length === 0) return { ruleFor: () => undefined, hasRules: false, now };
  const poolIds = new Set((await deps.pools.all()).map(({ id }) => id));
  const time = { now, zone: deps.settings.zone };
  const compiled = compileRecycling({ rules }, { fields: leadFields, time, pointer: "" });
  return { ruleFor: (lead) => ruleFor(lead, { rules: compiled, poolIds }), hasRules: true, now };
}
