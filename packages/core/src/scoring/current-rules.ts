import { type CompiledRules, compileRules } from "./compile-rules.ts";
import { noRules, ruleFields, type ScoringRuleSets } from "./rule-set.ts";

export interface CurrentRules {
  version: number;
  rules: CompiledRules;
}

/** Gives the rules as they are at a time, at least those of a version that is known to be there. */
export type RulesAt = (now: Date, atLeast?: number) => Promise<CurrentRules>;

/** The organisation's rules, up to 30 seconds old, compiled once for as long as they hold. */
export function rulesFrom(ruleSets: Pick<ScoringRuleSets, "get" | "cached">, { zone }: { zone: string }): RulesAt {
  let known: CurrentRules | undefined;
  return async (now, atLeast = 0) => {
    const cached = (await ruleSets.cached()) ?? noRules;
    const ruleSet = cached.version < atLeast ? ((await ruleSets.get()) ?? noRules) : cached;
    if (known?.version !== ruleSet.version || known.rules.until <= now.toISOString()) {
      const rules = compileRules(ruleSet, { fields: ruleFields, time: { now, zone }, pointer: "" });
      known = { version: ruleSet.version, rules };
    }
    return known;
  };
}
