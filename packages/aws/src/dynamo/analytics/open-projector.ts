import { randomUUID } from "node:crypto";
import type { Clock } from "@shangji/core/kit/context";
import { jitteredPause } from "../kit/attempts.ts";
import type { Table } from "../kit/client.ts";
import { pipelineStagesOf } from "../pipelines/pipeline-stages.ts";
import { pipelinesIn } from "../pipelines/pipelines.ts";
import { OpenJournals } from "./open-journals.ts";
import type { ProjectorDeps } from "./projector-deps.ts";

/** What the projector, a rebuild and a check need: the totals of the records of another table. */
export function projectorDepsFor({ totals, records }: { totals: Table; records: Table }, clock: Clock): ProjectorDeps {
  return {
    table: totals,
    clock,
    pipelineStages: pipelineStagesOf(pipelinesIn(records, clock)),
    newId: randomUUID,
    random: Math.random,
    pause: jitteredPause(),
    open: new OpenJournals(),
  };
}
