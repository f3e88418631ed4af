import type { ResponseClockData, ResponseStepName } from "@shangji/contracts/assignment/lead-response";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Stored } from "../../kit/record.ts";
import { movedRow, rowStamp, type TimerStamp } from "../../timers/timer-row.ts";

/** The clock of a lead as it is kept beside it. It is written on condition of its version alone. */
export type LeadClock = Stored<
  ResponseClockData & {
    /** Version of the lead by which its present owner got it: what tells of an older one comes too late. */
    leadVersion: number;
    /** When steps were done, by their keys. */
    done: Readonly<Record<string, string>>;
    policyId?: string | undefined;
    /** Nobody is left to whom the lead could be reassigned. */
    isLastOwner?: boolean | undefined;
    /** What is done next, and when: its timer. */
    next?: { key: string; step: ResponseStepName; dueAt: string } | undefined;
  }
>;

/** By which write of the lead somebody got it. */
export interface Assigned {
  version: number;
  at: string;
  ownerId: string;
}

/** Whether somebody still waits for an answer. */
export function isOpen(clock: LeadClock | undefined): clock is LeadClock {
  return clock?.state === "running" || clock?.state === "breached";
}

/** A new round: whoever had the lead before may have it again. The version goes on, as events are told apart by it. */
export function startedClock(
  leadId: string,
  { version: leadVersion, at, ownerId }: Assigned,
  { before, stamp }: { before: LeadClock | undefined; stamp: TimerStamp },
): LeadClock {
  return {
    id: leadId,
    state: "running",
    ownerId,
    assignedAt: at,
    reassignments: 0,
    holders: [{ userId: ownerId, from: at }],
    leadVersion,
    done: {},
    ...rowStamp(before, stamp),
  };
}

/** The clock after another step; what is undefined is left out. */
export function movedClock(before: LeadClock, fields: Partial<LeadClock>, stamp: TimerStamp): LeadClock {
  return movedRow<LeadClock>(before, fields, stamp);
}

/** The statuses that are an answer: somebody is at work on the lead, or is done with it. */
const answers: ReadonlySet<Lead["status"]> = new Set(["working", "converted", "disqualified"]);

/**
 * What the lead and the follow-ups on it, as they are now, make of an open clock: `answered`, `ended` without an answer,
 * `left` when somebody else has the lead, which another event tells; undefined when it goes on.
 */
export function fateOf(
  clock: LeadClock,
  lead: Stored<Lead> | undefined,
  touchedAt: string | undefined,
): { fate: "answered"; at: string } | { fate: "ended" | "left" } | undefined {
  if (!lead) return { fate: "ended" };
  const at = firstAnswer(lead, touchedAt);
  // Whoever has touched it did so while it was the clock's.
  if (at !== undefined) return { fate: "answered", at };
  if (lead.status !== "assigned" || lead.ownerId === undefined) return { fate: "ended" };
  return lead.ownerId === clock.ownerId ? undefined : { fate: "left" };
}

/** Whether an assignment that was just told of is still how things are, and asks for an answer. */
export function isToAnswer(lead: Stored<Lead> | undefined, { ownerId, at }: Assigned): lead is Stored<Lead> {
  if (lead?.ownerId !== ownerId) return false;
  // Whoever was quick has answered before anybody could start the clock.
  return lead.status === "assigned" || (answers.has(lead.status) && lead.statusChangedAt > at);
}

/** When a record was first answered: by a move of a lead to a status that is one, or by the follow-up note that is given. */
export function firstAnswer(
  { status, statusChangedAt }: Partial<Pick<Lead, "status" | "statusChangedAt">>,
  touchedAt: string | undefined,
): string | undefined {
  return earlier(status !== undefined && answers.has(status) ? statusChangedAt : undefined, touchedAt);
}

function earlier(left: string | undefined, right: string | undefined): string | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return left < right ? left : right;
}

/** The patch of an answer: in time as long as the deadline had not passed, whenever it is told. */
export function answeredPatch({ respondBy, state }: LeadClock, at: string): Partial<LeadClock> {
  const isMet = state === "running" && (respondBy === undefined || at <= respondBy);
  return { state: isMet ? "met" : "answered_late", answeredAt: at, next: undefined };
}

export const endedPatch: Partial<LeadClock> = { state: "ended", next: undefined };
