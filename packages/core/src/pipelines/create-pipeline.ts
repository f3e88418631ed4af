import type { NewPipeline, Pipeline } from "@shangji/contracts/pipelines/schemas";
import { type CallContext, changeBy } from "../kit/context.ts";
import type { Stored } from "../kit/record.ts";
import { buildDefinition, type StageIds } from "./define.ts";
import type { Pipelines } from "./ports.ts";

/** Adds a pipeline. When it is to be the default, it takes that place: the newest default counts. */
export async function createPipeline(
  input: NewPipeline,
  deps: { pipelines: Pipelines; stageIds: StageIds; context: CallContext },
): Promise<Stored<Pipeline>> {
  const at = deps.context.clock.now().toISOString();
  const pipeline: Stored<Pipeline> = {
    id: deps.context.ids.next("pipeline"),
    name: input.name,
    definitionVersion: 1,
    ...buildDefinition(input, [], deps.stageIds),
    isDefault: input.isDefault,
    version: 1,
    createdAt: at,
    updatedAt: at,
    change: changeBy(deps.context, "createPipeline", at),
  };
  await deps.pipelines.create(pipeline);
  return pipeline;
}
