import type { Opportunity, StageVisit } from "@shangji/contracts/opportunities/schemas";
import type { Stage } from "@shangji/contracts/pipelines/schemas";

/**
 * Visits kept on the record. Beyond it the oldest closed visits of the same stage are joined, so that an endless
 * back and forth cannot grow the item; every single move stays on the timeline.
 */
const maximumVisits = 100;

/** The patch that moves a record to a stage: history, status and closing dates follow the stage. */
export function moveTo(
  record: Opportunity,
  target: Stage,
  at: string,
  lostReason: string | undefined,
): Record<string, unknown> {
  const last = record.history.at(-1);
  const visits = last ? [...record.history.slice(0, -1), { ...last, exitedAt: at }] : [];
  const closes = target.type !== "open";
  return {
    stageId: target.id,
    status: target.type,
    history: [...bounded(visits), { stageId: target.id, enteredAt: at }],
    closedAt: closes ? at : null,
    // The first close is kept when a record is reopened.
    firstClosedAt: closes ? (record.firstClosedAt ?? at) : undefined,
    lostReason: target.type === "lost" ? lostReason : null,
  };
}

function bounded(visits: StageVisit[]): StageVisit[] {
  if (visits.length < maximumVisits) return visits;
  const [first, ...rest] = visits;
  const again = rest.findIndex((visit) => visit.stageId === first?.stageId);
  const twin = rest[again];
  if (!first?.exitedAt || !twin?.exitedAt) return rest;
  // Time spent adds up: the joined visit starts earlier by the length of the older one.
  const enteredAt = new Date(Date.parse(twin.enteredAt) - (Date.parse(first.exitedAt) - Date.parse(first.enteredAt)));
  return rest.with(again, { ...twin, enteredAt: enteredAt.toISOString() });
}
