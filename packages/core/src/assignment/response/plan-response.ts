import type { ResponsePolicy } from "@shangji/contracts/assignment/response-policies";
import { addBusinessTime } from "../../calendar/business-time.ts";
import type { WorkCalendar } from "../../calendar/work-calendar.ts";

/** What happens to a lead that nobody answers. */
export interface ResponseStep {
  /** The same step has the same key in every plan of a lead, so that its timer is moved rather than doubled. */
  key: string;
  step: "remind" | "reassign" | "escalate" | "pool";
  /** How often the lead was reassigned before; what belongs to a later attempt than the clock's is a forecast. */
  attempt: number;
  dueAt: string;
}

/** The clock of a lead that has not been answered. */
export interface ResponseClock {
  /** When its present owner got it. */
  assignedAt: string;
  /** How often it was reassigned. */
  attempt: number;
  /** When steps were done, by their keys. */
  done: Readonly<Record<string, string>>;
  /** Nobody is left to whom it could be reassigned. @default false */
  isLastOwner?: boolean;
}

export interface ResponsePlan {
  /** Deadline of the present owner, which may be past. */
  respondBy: string;
  /** What is still to be done, in order; nothing is due before now. */
  steps: readonly ResponseStep[];
}

interface Given {
  policy: ResponsePolicy;
  /** Of the present owner; the forecast goes by it too, as the next owner is not known. */
  calendar: WorkCalendar;
  /** ISO instant. */
  now: string;
}

/**
 * Plans what happens to a lead until it is answered: reminders, then at the deadline a reassignment or, after the last one,
 * the word to the manager, then the pool. It is asked for each owner, and again when the policy or the calendar has changed: done
 * steps stay done, and what is overdue by the new rules is due now. Undefined when the calendar has no work in which to answer.
 */
export function planResponse(clock: ResponseClock, given: Given): ResponsePlan | undefined {
  const now = new Date(given.now).toISOString();
  const { policy, calendar } = given;
  const respondBy = addMinutes(clock.assignedAt, policy.respondWithinMinutes, calendar);
  if (respondBy === undefined) return undefined;
  const escalatedAt = clock.done[keyOf("escalate", clock.attempt)];
  const steps =
    escalatedAt === undefined
      ? stepsFrom({ clock, respondBy }, { ...given, now })
      : poolSteps(escalatedAt, clock.attempt, given);
  const open = steps.filter(({ key }) => !Object.hasOwn(clock.done, key));
  return { respondBy, steps: open.map((step) => ({ ...step, dueAt: later(step.dueAt, now) })) };
}

function stepsFrom({ clock, respondBy }: { clock: ResponseClock; respondBy: string }, given: Given): ResponseStep[] {
  const { policy, calendar, now } = given;
  const last = clock.isLastOwner ? clock.attempt : Math.max(clock.attempt, policy.reassignments);
  const steps: ResponseStep[] = [];
  let start = clock.assignedAt;
  let due: string | undefined = respondBy;
  for (let attempt = clock.attempt; attempt <= last && due !== undefined; attempt += 1) {
    steps.push(...reminders({ start, due, attempt }, given));
    const step = attempt < last ? "reassign" : "escalate";
    start = later(due, now);
    steps.push({ key: keyOf(step, attempt), step, attempt, dueAt: start });
    if (step === "escalate") steps.push(...poolSteps(start, attempt, given));
    due = addMinutes(start, policy.respondWithinMinutes, calendar);
  }
  return steps;
}

/** Earliest first. Of those whose time has passed only the last is worth sending, and none when the deadline has passed. */
function reminders(
  { start, due, attempt }: { start: string; due: string; attempt: number },
  { policy, calendar, now }: Given,
): ResponseStep[] {
  if (due <= now) return [];
  const steps = policy.remindBeforeMinutes
    .toSorted((left, right) => right - left)
    .flatMap((minutes): ResponseStep[] => {
      const dueAt = addMinutes(start, policy.respondWithinMinutes - minutes, calendar);
      return dueAt === undefined
        ? []
        : [{ key: `${keyOf("remind", attempt)}/${minutes}`, step: "remind", attempt, dueAt }];
    });
  const passed = steps.filter(({ dueAt }) => dueAt < now);
  return steps.slice(Math.max(0, passed.length - 1));
}

/** A policy that names no time, or a calendar without work, leaves the lead where it is. */
function poolSteps(escalatedAt: string, attempt: number, { policy, calendar }: Given): ResponseStep[] {
  if (policy.poolAfterMinutes === undefined) return [];
  const dueAt = addMinutes(escalatedAt, policy.poolAfterMinutes, calendar);
  return dueAt === undefined ? [] : [{ key: keyOf("pool", attempt), step: "pool", attempt, dueAt }];
}

function keyOf(step: ResponseStep["step"], attempt: number): string {
  return `${attempt}/${step}`;
}

function addMinutes(from: string, minutes: number, calendar: WorkCalendar): string | undefined {
  return addBusinessTime(from, minutes * 60_000, calendar);
}

/** Both as `Date` writes them. */
function later(left: string, right: string): string {
  return left < right ? right : left;
}
