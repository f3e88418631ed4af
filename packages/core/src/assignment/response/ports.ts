import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Stored } from "../../kit/record.ts";
import type { KeptScore } from "../../scoring/kept-score.ts";
import type { AssignmentWritten, CountedFor, Kept } from "../ports.ts";
import type { Tally } from "../world.ts";
import type { LeadClock } from "./clock.ts";
import type { MissingPlace } from "./start-missing-clocks.ts";

/** All that a look at a lead's clock begins with. */
export interface ClockStart {
  lead: Stored<Lead> | undefined;
  clock: LeadClock | undefined;
  counted: CountedFor | undefined;
  score: KeptScore | undefined;
}

/** A clock as it was read, and as it becomes. */
export interface ClockChange {
  before: LeadClock | undefined;
  after: LeadClock;
}

/** What changes when a lead that was not answered goes to somebody else, all or nothing. */
export interface Reassignment {
  clock: ClockChange;
  lead: { before: Stored<Lead>; after: Stored<Lead> & { ownerId: string } };
  counted: CountedFor | undefined;
  tally: { was: Kept<Tally>; becomes: Tally };
}

/** Leads whose timers lie beside each other, and where the next ones begin. */
export interface TimerPage {
  leadIds: string[];
  next?: Record<string, unknown>;
}

/** The clocks of leads. */
export interface ResponseClocks {
  /** Strongly consistent. */
  start(leadId: string): Promise<ClockStart>;
  /** May be a moment old. */
  clockOf(leadId: string): Promise<LeadClock | undefined>;
  /** When a person first wrote a note on the lead from an instant on. Strongly consistent. */
  touchedSince(leadId: string, from: string): Promise<string | undefined>;
  /** Answers false, and changes nothing, when the clock is not what was read. */
  save(change: ClockChange): Promise<boolean>;
  /** `changed` when the lead, the clock or a tally is not what was read; `inactive` when the person has left. */
  reassign(write: Reassignment): Promise<AssignmentWritten>;
  /** Puts a lead into a pool, with its clock. */
  pool(clock: ClockChange, lead: { before: Stored<Lead>; after: Stored<Lead> }): Promise<"written" | "changed">;
  /** Leads whose timers are due, earliest of a shard first, page by page. What was dealt with a moment ago may be among them. */
  due(at: string): AsyncIterable<string[]>;
  /** Leads with timers, due or not, of one of the shards. */
  timers(shard: number, page: { limit: number; after?: Record<string, unknown> | undefined }): Promise<TimerPage>;
  /** How many shards there are. */
  shards: number;
}

/** How far a change of rules has been followed: the shard, and the place in it. */
export interface ReplanProgress {
  shard: number;
  after?: Record<string, unknown>;
  /** Once all clocks have been planned anew: whose leads are looked at for those that have none. */
  missing?: MissingPlace;
}

/** Progress by the event that told of the change. */
export interface ReplanProgresses {
  /** Strongly consistent; undefined before the first chunk. */
  get(cause: string): Promise<ReplanProgress | undefined>;
  put(cause: string, progress: ReplanProgress): Promise<void>;
}
