import type { AssignmentExplanation, CapPeriod } from "@shangji/contracts/assignment/schemas";
import type { WorkCalendar } from "../calendar/work-calendar.ts";

/** What a person has been given, as it is kept. It changes with every lead, so a store must write it on condition of what it was. */
export interface Tally {
  /** Open leads that the person has. */
  open: number;
  /** Leads given in the last period of each kind in which there were any; `start` is its first date. */
  counts: Readonly<Partial<Record<CapPeriod, { start: string; count: number }>>>;
  lastAssignedAt?: string;
  /** By rule that gives its leads in turn: where the person stands in it. */
  turns?: Readonly<Record<string, Turn>>;
}

/** How far somebody has come in the turns of a rule. It only ever grows, so what was read of it is the least that it is. */
export interface Turn {
  /** Rounds that are behind the person: in each one everybody who is there has as many places as their weight. */
  round: number;
  /** Places of the present round that are used. */
  used: number;
  /** When the person was served last: as a number that is greater than those of who was served before. */
  last: number;
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

/** All that a decision depends on besides the lead and the rules. */
export interface World {
  /** ISO instant. */
  now: string;
  /** IANA zone of the organisation, in which its days, weeks and months begin. */
  zone: string;
  people: ReadonlyMap<string, Person>;
  /** People who have had the lead and must not get it again. */
  excluded: ReadonlySet<string>;
  /** Owners of the accounts that the lead's company may be. @default nobody */
  accountOwnerIds?: readonly string[] | undefined;
  /**
   * Of people who stand equally, which one is chosen; others that decide at the same time are to choose differently.
   * @default 0, the first
   */
  spread?: number | undefined;
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
    }
  | { to: "pool"; ruleId?: string; poolId?: string }
);
