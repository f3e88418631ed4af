import type { AssignmentExplanation } from "@shangji/contracts/assignment/schemas";
import type { Change } from "@shangji/contracts/kit/primitives";
import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Stored } from "../kit/record.ts";
import type { KeptScore } from "../scoring/kept-score.ts";
import type { Tally } from "./world.ts";

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
  /** Since when the lead had been nobody's. Absent in those that were made before a lead could be decided about again. */
  freeSince?: string | undefined;
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

/** A decision, and the cause of the one that it takes the place of, when the lead has been decided about before. */
export interface DecisionWrite {
  decision: StoredDecision;
  replaces: string | undefined;
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
  decided: DecisionWrite;
  tally: { was: Kept<Tally>; becomes: Tally };
  /** Version of the new owner that was looked at. */
  personVersion: number;
}

/**
 * What came of a write: `changed` when the lead, its decision or the tally is not what was read, `stale_person` when the person
 * is not: deactivated, on leave or in another team since. Then nothing was written.
 */
export type AssignmentWritten = "written" | "changed" | "stale_person";

/** Who owns the accounts that are called like a company, whatever its legal form: each once, in order. May be a moment old. */
export interface AccountOwners {
  ownersOf(company: string): Promise<readonly string[]>;
}

export interface Assignments {
  /** Strongly consistent. */
  start(leadId: string): Promise<AssignmentStart>;
  /** Strongly consistent. Who has never had a lead has no tally, and is left out. */
  tallies(userIds: readonly string[]): Promise<ReadonlyMap<string, Kept<Tally>>>;
  assign(write: AssignmentWrite): Promise<AssignmentWritten>;
  /** Keeps a decision that changes nothing of the lead, if the lead is still the one that was read; `stamp` tells the world by whom. */
  note(decided: DecisionWrite, lead: Stored<Lead>, stamp: Change): Promise<Exclude<AssignmentWritten, "stale_person">>;
  /** Puts a lead into a pool, with the decision that it goes there. */
  pool(
    decided: DecisionWrite,
    lead: { before: Stored<Lead>; after: Stored<Lead> },
  ): Promise<Exclude<AssignmentWritten, "stale_person">>;
  /** May be a moment old. */
  decisionOf(leadId: string): Promise<StoredDecision | undefined>;
}
