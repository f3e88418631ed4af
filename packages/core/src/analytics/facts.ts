import { daysBetween } from "./calendar-days.ts";

/** One stay in a stage, in dates of the organisation's zone. The last one is the current stage and has no `exitedOn`. */
export interface StageStaySource {
  stageId: string;
  enteredOn: string;
  exitedOn?: string | undefined;
}

/** What the analytics read of an opportunity. Dates are `YYYY-MM-DD` in the organisation's zone. */
export interface OpportunityFactsSource {
  id: string;
  version: number;
  deletedAt?: string | undefined;
  pipelineId: string;
  pipelineVersion: number;
  stageId: string;
  status: "open" | "won" | "lost";
  ownerId?: string | undefined;
  teamId?: string | undefined;
  source?: string | undefined;
  productIds: readonly string[];
  industry?: string | undefined;
  baseAmountMinor: number;
  /** The opening date, or the date of creation. */
  openedOn: string;
  closedOn?: string | undefined;
  history: readonly StageStaySource[];
}

/** Completed days in one stage, re-entries added up. */
export interface StageDays {
  stageId: string;
  days: number;
}

/**
 * Everything that an opportunity adds to the aggregates, and nothing else: the same image always gives the same facts.
 * They are kept beside the record as proof of what it has been counted with.
 */
export interface OpportunityFacts {
  pipelineId: string;
  pipelineVersion: number;
  stageId: string;
  status: "open" | "won" | "lost";
  ownerId?: string;
  teamId?: string;
  source?: string;
  /** Sorted, each once. */
  productIds: string[];
  industry?: string;
  amountMinor: number;
  openedOn: string;
  /** Present exactly when the opportunity is won or lost. */
  closedOn?: string;
  /** Every visited stage once, in the order of the last visit. */
  stays: StageDays[];
}

/** The image of a record that no aggregate can be made of. */
export class UnreadableImage extends Error {
  override readonly name = "UnreadableImage";
}

/** The facts of an opportunity; null when it is deleted. @throws UnreadableImage */
export function factsOf(source: OpportunityFactsSource): OpportunityFacts | null {
  if (source.deletedAt !== undefined) return null;
  assertReadable(source);
  const { ownerId, teamId, industry } = source;
  const closedOn = source.status === "open" ? undefined : (source.closedOn ?? lastEntry(source));
  return {
    pipelineId: source.pipelineId,
    pipelineVersion: source.pipelineVersion,
    stageId: source.stageId,
    status: source.status,
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(teamId === undefined ? {} : { teamId }),
    ...(source.source === undefined ? {} : { source: source.source }),
    productIds: [...new Set(source.productIds)].sort(),
    ...(industry === undefined ? {} : { industry }),
    amountMinor: source.baseAmountMinor,
    openedOn: source.openedOn,
    ...(closedOn === undefined ? {} : { closedOn }),
    stays: staysOf(source),
  };
}

/** A record that was closed without a closing date closed when it entered its last stage. */
function lastEntry(source: OpportunityFactsSource): string {
  return source.history.at(-1)?.enteredOn ?? source.openedOn;
}

function staysOf(source: OpportunityFactsSource): StageDays[] {
  const days = new Map<string, number>();
  for (const { stageId, enteredOn, exitedOn } of source.history) {
    const before = days.get(stageId) ?? 0;
    days.delete(stageId);
    days.set(stageId, before + (exitedOn === undefined ? 0 : daysBetween(enteredOn, exitedOn)));
  }
  return [...days].map(([stageId, total]) => ({ stageId, days: total }));
}

const date = /^\d{4}-\d\d-\d\d$/;

function assertReadable(source: OpportunityFactsSource): void {
  const { history, closedOn } = source;
  const dates = [source.openedOn, ...(closedOn === undefined ? [] : [closedOn])];
  for (const stay of history) dates.push(stay.enteredOn, stay.exitedOn ?? stay.enteredOn);
  for (const text of dates) {
    if (!date.test(text) || Number.isNaN(Date.parse(text))) throw new UnreadableImage("a date is no calendar date");
  }
  if (!Number.isSafeInteger(source.baseAmountMinor)) throw new UnreadableImage("the amount is no whole number");
  if (!["open", "won", "lost"].includes(source.status)) throw new UnreadableImage("the status is unknown");
}
