import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Stored } from "../../kit/record.ts";
import type { KeptScore } from "../../scoring/kept-score.ts";
import type { TimerLanes } from "../../timers/ports.ts";
import type { RowChange } from "../../timers/timer-row.ts";
import type { AssignmentWritten, CountedFor, Kept } from "../ports.ts";
import type { Tally } from "../world.ts";
import type { LeadClock } from "./clock.ts";

/** All that a look at a lead's clock begins with. */
export interface ClockStart {
  lead: Stored<Lead> | undefined;
  clock: LeadClock | undefined;
  counted: CountedFor | undefined;
  score: KeptScore | undefined;
  /** How many notes the lead has had: of two who read the same number, neither has missed one that the other knows of. */
  notes: number;
}

/** A clock as it was read, and as it becomes. */
export type ClockChange = RowChange<LeadClock>;

/** What changes when a lead that was not answered goes to somebody else, all or nothing. */
export interface Reassignment {
  clock: ClockChange;
  lead: { before: Stored<Lead>; after: Stored<Lead> & { ownerId: string } };
  counted: CountedFor | undefined;
  tally: { was: Kept<Tally>; becomes: Tally };
  /** Version of the new owner that was looked at. */
  personVersion: number;
  notes: number;
}

/** The clocks of leads. */
export interface ResponseClocks extends TimerLanes {
  /** Strongly consistent. */
  start(leadId: string): Promise<ClockStart>;
  /** May be a moment old. */
  clockOf(leadId: string): Promise<LeadClock | undefined>;
  /** When a person first answered by a note from an instant on (`answeredAt`). Strongly consistent. */
  touchedSince(leadId: string, from: string): Promise<string | undefined>;
  /** Answers false, and changes nothing, when the clock is not what was read. */
  save(change: ClockChange): Promise<boolean>;
  /** `changed` when the lead, the clock or a tally is not what was read, or a note was written since; `stale_person` when the person is not. */
  reassign(write: Reassignment): Promise<AssignmentWritten>;
  /** Puts a lead into a pool, with its clock, unless a note was written since. */
  pool(
    clock: ClockChange,
    lead: { before: Stored<Lead>; after: Stored<Lead>; notes: number },
  ): Promise<"written" | "changed">;
}
