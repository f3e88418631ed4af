import type { Opportunity, OpportunityPatch, TransitionFields } from "@shangji/contracts/opportunities/schemas";
import { DomainError } from "../kit/domain-error.ts";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import type { OpportunityDeps } from "./ports.ts";
import { resolveFields } from "./resolve-fields.ts";

/** @throws DomainError `stage_not_editable`, `not_found`, `stale_version`, `conflict`, `unknown_reference`, `currency_without_rate` */
export async function updateOpportunity(
  input: ChangeTarget & { patch: OpportunityPatch },
  deps: OpportunityDeps,
): Promise<Stored<Opportunity>> {
  const { stageId, ...fields } = input.patch;
  if (stageId !== undefined) {
    throw new DomainError("stage_not_editable", "Move the stage with POST /v1/opportunities/{id}/transitions.");
  }
  const before = await readForChange(deps.opportunities, input);
  return changeOpportunity(before, fields, { ...deps, command: "updateOpportunity" });
}

/** Gives fields to the opportunity as it was read; it stays in its stage. @throws DomainError `conflict`, `unknown_reference`, `currency_without_rate` */
export async function changeOpportunity(
  before: Stored<Opportunity>,
  fields: TransitionFields,
  deps: OpportunityDeps & { command: string },
): Promise<Stored<Opportunity>> {
  const resolved = await resolveFields(fields, before, deps);
  const after = revise(before, { ...fields, ...resolved }, { context: deps.context, command: deps.command });
  await deps.opportunities.update(before, after, deps.context.claim);
  return after;
}
