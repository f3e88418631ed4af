import type { Pipeline, PipelineDefinition } from "@shangji/contracts/pipelines/schemas";
import type { CallContext } from "../kit/context.ts";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { buildDefinition, type StageIds } from "./define.ts";
import type { Pipelines } from "./ports.ts";

/** Gives a pipeline a new definition version. Records keep the version that they entered with. */
export async function definePipeline(
  input: ChangeTarget & { definition: PipelineDefinition },
  deps: { pipelines: Pipelines; stageIds: StageIds; context: CallContext },
): Promise<Stored<Pipeline>> {
  const before = await readForChange(deps.pipelines, input);
  const { stages, transitions } = buildDefinition(input.definition, before.stages, deps.stageIds);
  const patch = {
    name: input.definition.name,
    stages,
    transitions,
    isDefault: input.definition.isDefault,
    definitionVersion: before.definitionVersion + 1,
  };
  const after = revise(before, patch, { context: deps.context, command: "definePipeline" });
  await deps.pipelines.update(before, after);
  return after;
}
