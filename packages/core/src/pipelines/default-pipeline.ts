import type { Pipeline } from "@shangji/contracts/pipelines/schemas";
import { DomainError } from "../kit/domain-error.ts";
import type { Stored } from "../kit/record.ts";
import type { Pipelines } from "./ports.ts";

/** The pipeline of records that name none: the newest one marked default. @throws DomainError `unknown_reference` */
export async function defaultPipeline(pipelines: Pipelines): Promise<Stored<Pipeline>> {
  const newest = (await pipelines.all()).findLast((pipeline) => pipeline.isDefault);
  if (newest) return newest;
  throw new DomainError("unknown_reference", "The organisation has no default pipeline.", {
    errors: [{ pointer: "/body/pipelineId", message: "is needed: no pipeline is the default" }],
  });
}
