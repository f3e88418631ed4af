import type { AssignmentGuards, AssignmentRule, AssignmentRules } from "@shangji/contracts/assignment/schemas";
import type { FieldCatalogue } from "../conditions/field.ts";
import { compilingConditions, endOfDay, type Judge, type RuleTime } from "../scoring/compile-conditions.ts";

export type CompiledAssignmentRule = Omit<AssignmentRule, "when" | "guards"> & {
  matches: Judge;
  guards: AssignmentGuards;
};

/** Assignment rules that are ready for any number of leads. */
export interface CompiledAssignment {
  readonly rules: readonly CompiledAssignmentRule[];
  /** When the organisation's day ends, and with it what dates relative to today mean. */
  readonly until: string;
}

/**
 * Compiles assignment rules once for many leads. They hold for the organisation's present day; `pointer` is their place in the
 * request. @throws DomainError `invalid_request` naming each fault of their conditions
 */
export function compileAssignment(
  { rules, guards }: AssignmentRules,
  { fields, time, pointer }: { fields: FieldCatalogue; time: RuleTime; pointer: string },
): CompiledAssignment {
  const compiled = compilingConditions(time, (compile) =>
    rules.map(({ when, ...rule }, index) => ({
      ...rule,
      guards: { ...guards, ...rule.guards },
      matches: compile(when, fields, `${pointer}/rules/${index}/when`),
    })),
  );
  return { rules: compiled, until: endOfDay(time) };
}
