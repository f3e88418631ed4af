import type { PipelineStages } from "@shangji/core/analytics/contributions";
import type { Pipelines } from "@shangji/core/pipelines/ports";

/** Stages of versions of pipelines as records are counted by them. */
export function pipelineStagesOf(pipelines: Pick<Pipelines, "version">): PipelineStages {
  return async (pipelineId, version) => (await pipelines.version(pipelineId, version))?.stages;
}
