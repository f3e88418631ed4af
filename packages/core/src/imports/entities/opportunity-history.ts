import type { Opportunity, StageVisit } from "@shangji/contracts/opportunities/schemas";
import type { Pipeline, Stage } from "@shangji/contracts/pipelines/schemas";
import { RowProblem } from "../problem.ts";

/** What a row says about the past of an opportunity; instants in UTC. */
export interface Past {
  stage: Stage;
  /** Open stage that a closed opportunity was in last. */
  lostFrom: Stage;
  openedAt: string | undefined;
  closedAt: string | undefined;
  /** When the current stage, or the last open one, was entered. */
  stageEnteredAt: string | undefined;
  lostReason: string | undefined;
}

/** Fields of an opportunity that tell where it stands and how it came there. */
export type Standing = Pick<Opportunity, "pipelineId" | "pipelineVersion" | "stageId" | "status" | "history"> &
  Pick<Partial<Opportunity>, "openedAt" | "closedAt" | "firstClosedAt" | "lostReason">;

/**
 * Builds the history of a row: an open one has been in its stage since it entered it, a closed one was in an open stage until
 * it closed. `at` stands in for the day of entry that an open row does not give; nothing can have happened after `now`.
 * @throws RowProblem when the dates contradict each other.
 */
export function standingOf(pipeline: Pipeline, past: Past, { at, now }: { at: string; now: string }): Standing {
  assertOrder(past, now);
  const { stage, openedAt, closedAt, lostFrom } = past;
  const entered = past.stageEnteredAt ?? openedAt;
  const history: StageVisit[] =
    closedAt === undefined
      ? [{ stageId: stage.id, enteredAt: entered ?? at }]
      : [
          { stageId: lostFrom.id, enteredAt: entered ?? closedAt, exitedAt: closedAt },
          { stageId: stage.id, enteredAt: closedAt },
        ];
  return {
    pipelineId: pipeline.id,
    pipelineVersion: pipeline.definitionVersion,
    stageId: stage.id,
    status: stage.type,
    history,
    ...(openedAt === undefined ? {} : { openedAt }),
    ...(closedAt === undefined ? {} : { closedAt, firstClosedAt: closedAt }),
    ...(stage.type === "lost" && past.lostReason !== undefined ? { lostReason: past.lostReason } : {}),
  };
}

function assertOrder({ stage, openedAt, closedAt, stageEnteredAt }: Past, now: string): void {
  for (const [field, date] of Object.entries({ openedAt, closedAt, stageEnteredAt })) {
    if (date !== undefined && date > now) throw new RowProblem(`${field}: lies in the future`);
  }
  if (stage.type !== "open" && closedAt === undefined) {
    throw new RowProblem(`closedAt: a ${stage.type} opportunity needs the date it was closed`);
  }
  if (stage.type === "open" && closedAt !== undefined) {
    throw new RowProblem(
      "closedAt: an open opportunity has no date of closing; use expectedCloseDate for a planned one",
    );
  }
  if (closedAt !== undefined && openedAt !== undefined && closedAt < openedAt) {
    throw new RowProblem("closedAt: lies before openedAt");
  }
  if (stageEnteredAt === undefined) return;
  if (openedAt !== undefined && stageEnteredAt < openedAt) throw new RowProblem("stageEnteredAt: lies before openedAt");
  if (closedAt !== undefined && stageEnteredAt > closedAt) throw new RowProblem("stageEnteredAt: lies after closedAt");
}
