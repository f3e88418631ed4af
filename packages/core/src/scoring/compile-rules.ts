import type { EngagementRule, FitRule, ScoringGroup, ScoringRuleSet } from "@shangji/contracts/scoring/schemas";
import type { FieldCatalogue } from "../conditions/field.ts";
import { fieldsLookedAtBy } from "../leads/fields-looked-at.ts";
import {
  type CompileCondition,
  compilingConditions,
  endOfDay,
  type Judge,
  type RuleTime,
} from "./compile-conditions.ts";

type Compiled<T> = Omit<T, "when"> & { matches: Judge; looksAt: readonly string[] };
type GroupOf<K, R> = Omit<Extract<ScoringGroup, { kind: K }>, "rules"> & { rules: readonly Compiled<R>[] };

export type CompiledEngagementRule = Compiled<EngagementRule>;
export type CompiledGroup = GroupOf<"fit", FitRule> | GroupOf<"engagement", EngagementRule>;

/** A rule set that is ready to score any number of leads. Only {@link compileRules} makes one. */
export interface CompiledRules extends Pick<ScoringRuleSet, "grades" | "minTotal" | "maxTotal"> {
  readonly groups: readonly CompiledGroup[];
  readonly byEventType: ReadonlyMap<string, readonly CompiledEngagementRule[]>;
  /** When the organisation's day ends, and with it what dates relative to today mean. */
  readonly until: string;
}

export interface RuleFields {
  /** Fields of leads. */
  lead: FieldCatalogue;
  /** Fields of events. */
  event: FieldCatalogue;
}

/**
 * Compiles a rule set once for many leads. It holds for the organisation's present day (`until`); `pointer` is its place in
 * the request. @throws DomainError `invalid_request` naming each fault of its conditions
 */
export function compileRules(
  ruleSet: ScoringRuleSet,
  { fields, time, pointer }: { fields: RuleFields; time: RuleTime; pointer: string },
): CompiledRules {
  const groups = compilingConditions(time, (compile) =>
    ruleSet.groups.map((group, index) =>
      compileGroup(group, { compile, fields, pointer: `${pointer}/groups/${index}/rules` }),
    ),
  );
  const { grades, minTotal, maxTotal } = ruleSet;
  const byEventType = Map.groupBy(
    groups.flatMap((group) => (group.kind === "engagement" ? group.rules : [])),
    (rule) => rule.eventType,
  );
  return { groups, byEventType, grades, minTotal, maxTotal, until: endOfDay(time) };
}

function compileGroup(
  group: ScoringGroup,
  { compile, fields, pointer }: { compile: CompileCondition; fields: RuleFields; pointer: string },
): CompiledGroup {
  const ready = <T extends FitRule | EngagementRule>(
    { when, ...rule }: T,
    catalogue: FieldCatalogue,
    index: number,
  ) => ({
    ...rule,
    matches: compile(when, catalogue, `${pointer}/${index}/when`),
    looksAt: when ? [...fieldsLookedAtBy(when)].sort() : [],
  });
  if (group.kind === "fit")
    return { ...group, rules: group.rules.map((rule, index) => ready(rule, fields.lead, index)) };
  return { ...group, rules: group.rules.map((rule, index) => ready(rule, fields.event, index)) };
}
