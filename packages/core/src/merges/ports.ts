import type { Change } from "@shangji/contracts/kit/primitives";
import type { Merge } from "@shangji/contracts/merges/schemas";
import type { KeptShare } from "../access/ports.ts";
import type { IdempotencyClaim } from "../kit/idempotency.ts";
import type { Page, PageRequest, Stored, StoredRecord, Unshown } from "../kit/record.ts";

/** Kinds of records of which two can become one. */
export type MergedEntity = "account" | "contact";

/** An account or a contact, read by the names of its fields. */
export type Mergeable = StoredRecord & Unshown & Record<string, unknown> & { name: string };

/** A record before and after a write. */
export interface Replacement<T = Mergeable> {
  before: T;
  after: T;
}

/** What both records were, and what the merge has made of them: all that undoing it needs. */
export interface MergeJournal {
  winner: Replacement;
  loser: Replacement;
}

/** Something that belongs to the loser and follows it: a contact, a deal, an account below it. */
export type Child = StoredRecord & Record<string, unknown>;
export type ChildKind = "account" | "contact" | "opportunity";

/** Merges, what they have replaced and what they have moved. */
export interface Merges {
  /** As it is now. */
  get(id: string): Promise<Stored<Merge> | undefined>;
  /** Merges into a record, latest change first. */
  list(winnerId: string, page: PageRequest): Promise<Page<Stored<Merge>>>;
  /** Whether something is on its way to or from a record, by a merge other than this one. */
  isUnsettled(recordId: string, besides?: string): Promise<boolean>;
  /** Undefined once it is too late to undo the merge. */
  journalOf(id: string): Promise<MergeJournal | undefined>;
  /**
   * Makes two records one, moves their unique values, and keeps what they were: all of it or nothing.
   * @throws DomainError `conflict` when one of them is not what it was, `duplicate_value`, `duplicate`
   */
  make(merge: Stored<Merge>, journal: MergeJournal, claim?: IdempotencyClaim): Promise<void>;
  /** Replaces both records and the merge: all of it or nothing. @throws DomainError as `make` */
  undo(merge: Replacement<Stored<Merge>>, records: MergeJournal, claim?: IdempotencyClaim): Promise<void>;
  /** @throws DomainError `conflict` */
  settle(merge: Replacement<Stored<Merge>>): Promise<void>;
  /**
   * Moves children and notes that it did, as long as the merge is what it was when it was read.
   * @throws DomainError `conflict` when it is not, or when a child is not what it was
   */
  move(merge: Stored<Merge>, children: readonly (Replacement<Child> & { kind: ChildKind })[]): Promise<void>;
  /** Ids of what was moved and has not gone back, some at a time. */
  moved(mergeId: string, limit: number): Promise<string[]>;
  /** Moves children back, or only forgets those that others have moved on. @throws DomainError `conflict` */
  moveBack(
    merge: Stored<Merge>,
    children: readonly { id: string; replacement?: (Replacement<Child> & { kind: ChildKind }) | undefined }[],
  ): Promise<void>;
  /** Shares of a record, with the merge that has brought them. */
  sharesOf(recordId: string): Promise<KeptShare[]>;
  /** Adds, replaces or ends a share, as long as the merge is what it was when it was read. @throws DomainError `conflict` */
  putShare(merge: Stored<Merge>, share: KeptShare, change: Change): Promise<void>;
  endShare(merge: Stored<Merge>, share: Pick<KeptShare, "recordId" | "principalId">, change: Change): Promise<void>;
}
