import type { RecyclingRuleSet, RecyclingRules } from "@shangji/contracts/recycling/rules";
import type { CallContext } from "../kit/context.ts";
import { DomainError } from "../kit/domain-error.ts";
import { replaceSetting, type Setting } from "../kit/setting.ts";
import { leadFields } from "../leads/fields.ts";
import type { Pools } from "../pools/ports.ts";
import { unknownPools } from "../pools/unknown-pools.ts";
import { compileRecycling } from "./rule-for.ts";

/** The organisation's recycling rules: one list, as the assignment rules are. */
export type RecyclingRuleSets = Setting<RecyclingRuleSet>;

/** The rules as they are now; version 0 are none. */
export async function getRecyclingRules({
  recyclingRules,
}: {
  recyclingRules: Pick<RecyclingRuleSets, "get">;
}): Promise<RecyclingRuleSet> {
  return (await recyclingRules.get()) ?? { rules: [], version: 0 };
}

/**
 * Replaces the rules. They hold within half a minute, and all leads that somebody has are planned anew.
 * @throws DomainError `invalid_request` naming faults of conditions, `unknown_reference` naming pools, `stale_version`, `conflict`
 */
export async function putRecyclingRules(
  { rules, expectedVersion }: { rules: RecyclingRules; expectedVersion: number | undefined },
  deps: {
    recyclingRules: RecyclingRuleSets;
    pools: Pick<Pools, "all">;
    settings: { zone: string };
    context: CallContext;
  },
): Promise<RecyclingRuleSet> {
  const { recyclingRules: setting, pools, settings, context } = deps;
  const time = { now: context.clock.now(), zone: settings.zone };
  compileRecycling(rules, { fields: leadFields, time, pointer: "/body" });
  const named = rules.rules.map(({ poolId }, index) => ({ poolId, pointer: `/body/rules/${index}/poolId` }));
  const errors = await unknownPools(named, { pools });
  if (errors.length > 0) throw new DomainError("unknown_reference", "The rules name what does not exist.", { errors });
  return replaceSetting<RecyclingRuleSet>(
    { fields: rules, expectedVersion },
    { setting, context, command: "putRecyclingRules" },
  );
}
