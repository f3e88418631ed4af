import type { NewPipeline, Pipeline } from "@shangji/contracts/pipelines/schemas";
import type { CallContext } from "../kit/context.ts";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { buildDefinition, type StageIds } from "./define.ts";
import type { Pipelines } from "./ports.ts";

/** Adds a pipeline. When it is to be the default, it takes that place: the newest default counts. */
export async function createPipeline(
  input: NewPipeline,
  deps: { pipelines: Pipelines; stageIds: StageIds; context: CallContext },
): Promise<Stored<Pipeline>> {
  const fields = {
    name: input.name,
    definitionVersion: 1,
    ...buildDefinition(input, [], deps.stageIds),
    isDefault: input.isDefault,
  };
  const pipeline = newRecord<Pipeline>("pipeline", fields, { context: deps.context, command: "createPipeline" });
  await deps.pipelines.create(pipeline, deps.context.claim);
  return pipeline;
}
