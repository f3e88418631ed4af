import type { NewOpportunity, Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { Pipeline } from "@shangji/contracts/pipelines/schemas";
import { DomainError, unknownReference } from "../kit/domain-error.ts";
import { type NewFields, newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { startOf } from "../kit/zone.ts";
import { defaultPipeline } from "../pipelines/default-pipeline.ts";
import type { OpportunityDeps } from "./ports.ts";
import { resolveFields } from "./resolve-fields.ts";

/**
 * Adds an opportunity in an open stage. It belongs to the caller unless an owner is named.
 * @throws DomainError `unknown_reference`, `currency_without_rate`, `invalid_request`, `duplicate_value`
 */
export async function createOpportunity(input: NewOpportunity, deps: OpportunityDeps): Promise<Stored<Opportunity>> {
  const opportunity = await newOpportunity(input, deps, "createOpportunity");
  await deps.opportunities.create(opportunity, deps.context.claim);
  return opportunity;
}

/**
 * An opportunity as it would be added, checked. `command` is what it is added by.
 * @throws DomainError `unknown_reference`, `currency_without_rate`, `invalid_request`
 */
export async function newOpportunity(
  input: NewOpportunity,
  deps: Omit<OpportunityDeps, "opportunities">,
  command: string,
): Promise<Stored<Opportunity>> {
  const { context, settings } = deps;
  const at = context.clock.now().toISOString();
  const currency = input.currency ?? settings.baseCurrency;
  const ownerId = input.ownerId ?? context.actor.userId;
  const [pipeline, resolved] = await Promise.all([
    pipelineOf(input, deps),
    resolveFields({ ...input, ownerId, currency }, { amountMinor: input.amountMinor, currency }, deps),
  ]);
  const openedAt = input.openedAt === undefined ? undefined : startOf(settings.zone, input.openedAt);
  if (openedAt !== undefined && openedAt > at) {
    throw new DomainError("invalid_request", "An opportunity cannot be opened in the future.", {
      errors: [{ pointer: "/body/openedAt", message: "must not be in the future" }],
    });
  }
  const { pipelineId: _, stageId, openedAt: __, ...fields } = input;
  const stage = entryStage(pipeline, stageId);
  const own = {
    ...fields,
    ...resolved,
    ownerId,
    currency,
    pipelineId: pipeline.id,
    pipelineVersion: pipeline.definitionVersion,
    stageId: stage.id,
    status: "open",
    openedAt,
    history: [{ stageId: stage.id, enteredAt: openedAt ?? at }],
  };
  return newRecord<Opportunity>(
    "opportunity",
    own as NewFields<Opportunity>, // `resolved` holds the base amount
    { context, command, at },
  );
}

async function pipelineOf(
  input: NewOpportunity,
  { pipelines }: Pick<OpportunityDeps, "pipelines">,
): Promise<Stored<Pipeline>> {
  if (input.pipelineId === undefined) return defaultPipeline(pipelines);
  const pipeline = await pipelines.cached(input.pipelineId);
  if (!pipeline) throw unknownReference("/body/pipelineId", input.pipelineId);
  return pipeline;
}

function entryStage(pipeline: Pipeline, stageId: string | undefined) {
  const stage = stageId === undefined ? pipeline.stages[0] : pipeline.stages.find(({ id }) => id === stageId);
  if (!stage) throw unknownReference("/body/stageId", stageId ?? "");
  if (stage.type !== "open") {
    throw new DomainError("invalid_request", "An opportunity starts in an open stage.", {
      errors: [{ pointer: "/body/stageId", message: "must be an open stage" }],
    });
  }
  return stage;
}
