import type { AssignmentExplanation } from "@shangji/contracts/assignment/schemas";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Stored } from "../kit/record.ts";
import type { KeptScore } from "../scoring/kept-score.ts";
import type { Cursor, Tally } from "./world.ts";

/** Something that is kept, and how often it has been changed, so that a write can tell whether it still is what was read. */
export interface Kept<T> {
  value: T;
  /** 0 when nothing is kept yet. */
  revision: number;
}

/** A decision as it is kept beside its lead. */
export interface StoredDecision {
  leadId: string;
  /** Id of the event that asked for it. */
  cause: string;
  rulesVersion: number;
  ruleId?: string | undefined;
  /** The pool that the lead went to. */
  poolId?: string | undefined;
  teamId?: string | undefined;
  explanation: AssignmentExplanation;
  /** Fields that the rules looked at which were tried: an outcome tells something of them. */
  lookedAt: readonly string[];
}

/** For whom an open lead, or an account, has been counted last, and at which version of it. */
export interface CountedFor {
  version: number;
  userId?: string | undefined;
  /** Deals that were won with an account. With any it is a customer, and takes no place of what the person may hold. */
  won?: number | undefined;
  /** The claim by which the record last came out of a pool, until it is followed up or the record goes back. */
  claim?: OpenClaim | undefined;
}

/** A claim that nobody has followed up yet: whose, when, and on which day it is counted. */
export interface OpenClaim {
  poolId: string;
  userId: string;
  day: string;
  at: string;
}

/** All that a decision about one lead begins with. */
export interface AssignmentStart {
  lead: Stored<Lead> | undefined;
  decision: StoredDecision | undefined;
  counted: CountedFor | undefined;
  score: KeptScore | undefined;
}

/** What a decision to give a lead to somebody changes, all or nothing. */
export interface AssignmentWrite {
  before: Stored<Lead>;
  after: Stored<Lead> & { ownerId: string };
  counted: CountedFor | undefined;
  decision: StoredDecision;
  tally: { was: Kept<Tally>; becomes: Tally };
  /** Of the deciding rule, when it has one. */
  cursor?: { ruleId: string; was: Kept<Cursor | undefined>; becomes: Cursor } | undefined;
}

/**
 * What came of a write: `changed` when the lead, its decision, the tally or the cursor is not what was read, `inactive` when the
 * person has been deactivated. Then nothing was written.
 */
export type AssignmentWritten = "written" | "changed" | "inactive";

export interface Assignments {
  /** Strongly consistent. */
  start(leadId: string): Promise<AssignmentStart>;
  /** Strongly consistent. Who has never had a lead has no tally, and is left out. */
  kept(asked: { userIds: readonly string[]; ruleId: string }): Promise<{
    tallies: ReadonlyMap<string, Kept<Tally>>;
    cursor: Kept<Cursor> | undefined;
  }>;
  assign(write: AssignmentWrite): Promise<AssignmentWritten>;
  /** Keeps a decision that changes nothing of the lead, if the lead is still the one that was read. */
  note(decision: StoredDecision, lead: Stored<Lead>): Promise<Exclude<AssignmentWritten, "inactive">>;
  /** Puts a lead into a pool, with the decision that it goes there. */
  pool(
    decision: StoredDecision,
    lead: { before: Stored<Lead>; after: Stored<Lead> },
  ): Promise<Exclude<AssignmentWritten, "inactive">>;
  /** May be a moment old. */
  decisionOf(leadId: string): Promise<StoredDecision | undefined>;
}
