import type { AssignmentExplanation, CapPeriod } from "@shangji/contracts/assignment/schemas";
import type { WorkCalendar } from "../calendar/work-calendar.ts";

/** What a person has been given, as it is kept. It changes with every lead, so a store must write it on condition of what it was. */
export interface Tally {
  /** Open leads that the person has. */
  open: number;
  /** Leads given in the last period of each kind in which there were any; `start` is its first date. */
  counts: Readonly<Partial<Record<CapPeriod, { start: string; count: number }>>>;
  lastAssignedAt?: string;
}

/** Somebody who may be given leads. */
export interface Person {
  id: string;
  active: boolean;
  teamId?: string | undefined;
  territories?: readonly string[] | undefined;
  skills?: readonly string[] | undefined;
  /** The person's own; see `calendarOf`. */
  calendar: WorkCalendar;
  tally: Tally;
}

/**
 * Where a rule has come to among its people. `turn` grows by one with each lead that the rule gives, so it is what a store
 * makes its write conditional on.
 */
export type Cursor =
  | { kind: "round_robin"; turn: number; served: Readonly<Record<string, number>> }
  | { kind: "weighted"; turn: number; credit: Readonly<Record<string, number>> };

/** All that a decision depends on besides the lead and the rules. */
export interface World {
  /** ISO instant. */
  now: string;
  /** IANA zone of the organisation, in which its days, weeks and months begin. */
  zone: string;
  people: ReadonlyMap<string, Person>;
  /** By rule; a rule without one begins. */
  cursors: Readonly<Record<string, Cursor>>;
  /** People who have had the lead and must not get it again. */
  excluded: ReadonlySet<string>;
  /** Owner of the account that the lead belongs to. */
  accountOwnerId?: string | undefined;
}

/** What a decision has relied on, and what that becomes by it. */
export interface Relied<T> {
  was: T;
  becomes: T;
}

/** Who gets a lead, or that it goes to a pool; with all that must be written along, on condition that it is still what it was. */
export type Decision = { explanation: AssignmentExplanation } & (
  | {
      to: "user";
      userId: string;
      ruleId: string;
      tally: Relied<Tally>;
      /** Of the rule, when it has one. */
      cursor?: Relied<Cursor | undefined>;
    }
  | { to: "pool"; ruleId?: string; poolId?: string }
);
