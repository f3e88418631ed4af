import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import type { Pipeline, Stage } from "@shangji/contracts/pipelines/schemas";
import type { Stored } from "../../kit/record.ts";
import { moveTo } from "../../opportunities/move-stage.ts";
import { RowProblem } from "../problem.ts";
import { stageOf } from "../references/references.ts";
import { type Past, standingOf } from "./opportunity-history.ts";

/** What the cells of a row say about the past. */
export interface ToldPast extends Pick<Past, "openedAt" | "closedAt" | "stageEnteredAt" | "lostReason"> {
  stage: string | undefined;
  lostFromStage: string | undefined;
}

/** What a row says about the past; what it leaves open is filled from the stored record. @throws RowProblem */
export function pastOf(told: ToldPast, pipeline: Pipeline, before?: Stored<Opportunity>): Past {
  const [first] = pipeline.stages;
  if (!first) throw new RowProblem("pipeline: it has no stages");
  const stageText = told.stage ?? before?.stageId;
  const stage = stageText === undefined ? first : stageOf(pipeline, "stage", stageText);
  const lostFrom =
    told.lostFromStage === undefined
      ? (storedLostFrom(pipeline, before) ?? first)
      : stageOf(pipeline, "lostFromStage", told.lostFromStage);
  if (lostFrom.type !== "open") throw new RowProblem("lostFromStage: is not an open stage");
  const openedAt = told.openedAt ?? before?.openedAt;
  const closedAt = told.closedAt ?? (stage.type === "open" ? undefined : before?.closedAt);
  const entry = told.stageEnteredAt ?? storedEntry(stage.type === "open" ? stage : lostFrom, told, before);
  const fits = entry !== undefined && entry >= (openedAt ?? entry) && entry <= (closedAt ?? entry);
  return {
    stage,
    lostFrom,
    openedAt,
    closedAt,
    // An entry that the file itself gives is checked and reported; a stored one only gives way to new dates.
    stageEnteredAt: fits ? entry : told.stageEnteredAt,
    lostReason: told.lostReason ?? before?.lostReason,
  };
}

/**
 * Where an existing record stands after the row. If its last change came from an import, the row tells its past anew. Once
 * people have worked on it their history stays, and another stage in the row is one more move. @throws RowProblem
 */
export function standingChange(
  told: ToldPast,
  pipeline: Pipeline,
  before: Stored<Opportunity>,
  now: string,
): Record<string, unknown> {
  const past = pastOf(told, pipeline, before);
  if (before.change.source === "import") {
    const { pipelineVersion, ...standing } = standingOf(pipeline, past, { at: before.createdAt, now });
    const version = past.stage.id === before.stageId ? {} : { pipelineVersion };
    return { closedAt: null, firstClosedAt: null, lostReason: null, ...standing, ...version };
  }
  if (pipeline.id !== before.pipelineId) throw new RowProblem("pipeline: an opportunity stays in its pipeline");
  if (past.stage.id === before.stageId) return {};
  const earliest = before.history.at(-1)?.enteredAt ?? before.createdAt;
  let moved = past.closedAt ?? past.stageEnteredAt ?? now;
  if (moved < earliest) moved = earliest;
  return moveTo(before, past.stage, moved, past.lostReason);
}

/** When the record entered a stage; an entry that was only taken from the day of opening moves with that day. */
function storedEntry(stage: Stage, told: ToldPast, before: Stored<Opportunity> | undefined): string | undefined {
  const entry = before?.history.findLast((visit) => visit.stageId === stage.id)?.enteredAt;
  return told.openedAt !== undefined && entry === before?.openedAt ? undefined : entry;
}

function storedLostFrom(pipeline: Pipeline, before: Stored<Opportunity> | undefined): Stage | undefined {
  const open = pipeline.stages.filter((stage) => stage.type === "open");
  const last = before?.history.findLast((visit) => open.some(({ id }) => id === visit.stageId));
  return last && open.find(({ id }) => id === last.stageId);
}
