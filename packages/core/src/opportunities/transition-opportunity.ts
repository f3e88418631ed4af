import type { Opportunity, TransitionRequest } from "@shangji/contracts/opportunities/schemas";
import type { Pipeline } from "@shangji/contracts/pipelines/schemas";
import { DomainError, unknownReference } from "../kit/domain-error.ts";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import type { Pipelines } from "../pipelines/ports.ts";
import { moveTo } from "./move-stage.ts";
import type { OpportunityDeps } from "./ports.ts";
import { resolveFields } from "./resolve-fields.ts";
import { failedRules } from "./transition-rules.ts";

/**
 * Moves an opportunity to another stage in one conditional write.
 * @throws DomainError `not_found`, `stale_version`, `unknown_reference` (no such stage), `transition_refused` with every
 * failed rule, `conflict` when another writer was first.
 */
export async function transitionOpportunity(
  input: ChangeTarget & { request: TransitionRequest },
  deps: OpportunityDeps,
): Promise<Stored<Opportunity>> {
  const { request } = input;
  const before = await readForChange(deps.opportunities, input);
  const process = await processOf(before, deps.pipelines);
  const target = process.stages.find((stage) => stage.id === request.to);
  if (!target) throw unknownReference("/body/to", request.to);

  const fields = request.fields ?? {};
  const resolved = await resolveFields(fields, before, deps);
  const stamp = { context: deps.context, command: "transitionOpportunity", reason: request.reason };
  const withFields = revise(before, { ...fields, ...resolved }, stamp);
  const failures = failedRules(withFields, target, request, process, deps.hidden);
  if (failures.length > 0) {
    throw new DomainError("transition_refused", failures.map((failure) => failure.message).join(" "), { failures });
  }
  const move = moveTo(before, target, deps.context.clock.now().toISOString(), request.lostReason);
  const after = revise(before, { ...fields, ...resolved, ...move }, stamp);
  await deps.opportunities.update(before, after);
  return after;
}

/** The definition that a record is pinned to. */
export async function processOf(
  record: Pick<Opportunity, "pipelineId" | "pipelineVersion">,
  pipelines: Pipelines,
): Promise<Pipeline> {
  const process = await pipelines.version(record.pipelineId, record.pipelineVersion);
  if (!process) throw new Error(`pipeline ${record.pipelineId} has no version ${record.pipelineVersion}`);
  return process;
}
