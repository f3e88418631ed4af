import type { RecyclingRule, RecyclingRules } from "@shangji/contracts/recycling/rules";
import type { FieldCatalogue } from "../conditions/field.ts";
import type { Readable } from "../conditions/values-of.ts";
import { compilingConditions, type Judge, type RuleTime } from "../scoring/compile-conditions.ts";

/** Recycling rules that are ready for any number of records of one kind. */
export type CompiledRules = readonly { rule: RecyclingRule; matches: Judge }[];

/** Compiles rules as assignment rules are. @throws DomainError `invalid_request` naming each fault of their conditions */
export function compileRecycling(
  { rules }: RecyclingRules,
  { fields, time, pointer }: { fields: FieldCatalogue; time: RuleTime; pointer: string },
): CompiledRules {
  return compilingConditions(time, (compile) =>
    rules.map((rule, index) => ({ rule, matches: compile(rule.when, fields, `${pointer}/rules/${index}/when`) })),
  );
}

/** The first rule that is for a record. What is put nowhere by a rule is not for it. */
export function ruleFor(
  record: Readable,
  { rules, poolIds }: { rules: CompiledRules; poolIds: ReadonlySet<string> },
): RecyclingRule | undefined {
  return rules.find(({ rule, matches }) => poolIds.has(rule.poolId) && matches(record))?.rule;
}
