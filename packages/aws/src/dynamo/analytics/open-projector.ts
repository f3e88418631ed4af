import { randomUUID } from "node:crypto";
import type { Clock } from "@shangji/core/kit/context";
import { jitteredPause } from "../kit/attempts.ts";
import type { Table } from "../kit/client.ts";
import { pipelineStagesOf } from "../pipelines/pipeline-stages.ts";
import { pipelinesIn } from "../pipelines/pipelines.ts";
import { OpenJournals } from "./open-journals.ts";
import type { ProjectorDeps } from "./projector-deps.ts";

/** What the projector, a rebuild and a check need, over one table. */
export function projectorDepsFor(table: Table, clock: Clock): ProjectorDeps {
  return {
    table,
    clock,
    pipelineStages: pipelineStagesOf(pipelinesIn(table, clock)),
    newId: randomUUID,
    random: Math.random,
    pause: jitteredPause(),
    open: new OpenJournals(),
  };
}
