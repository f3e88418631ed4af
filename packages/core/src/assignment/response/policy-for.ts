import type { ResponsePolicies, ResponsePolicy } from "@shangji/contracts/assignment/response-policies";
import type { FieldCatalogue } from "../../conditions/field.ts";
import type { Readable } from "../../conditions/values-of.ts";
import { compilingConditions, endOfDay, type Judge, type RuleTime } from "../../scoring/compile-conditions.ts";

/** Response policies that are ready for any number of leads. */
export interface CompiledPolicies {
  readonly policies: readonly { policy: ResponsePolicy; matches: Judge }[];
  /** When the organisation's day ends, and with it what dates relative to today mean. */
  readonly until: string;
}

/** Compiles policies as assignment rules are. @throws DomainError `invalid_request` naming each fault of their conditions */
export function compilePolicies(
  { policies }: ResponsePolicies,
  { fields, time, pointer }: { fields: FieldCatalogue; time: RuleTime; pointer: string },
): CompiledPolicies {
  const compiled = compilingConditions(time, (compile) =>
    policies.map((policy, index) => ({
      policy,
      matches: compile(policy.when, fields, `${pointer}/policies/${index}/when`),
    })),
  );
  return { policies: compiled, until: endOfDay(time) };
}

/** The first policy that matches a lead; undefined when none does, and the lead has no deadline. */
export function policyFor(lead: Readable, { policies }: CompiledPolicies): ResponsePolicy | undefined {
  return policies.find(({ matches }) => matches(lead))?.policy;
}
