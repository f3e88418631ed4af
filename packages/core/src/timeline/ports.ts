import type { Note, TimelineEntry } from "@shangji/contracts/timeline/schemas";
import type { Viewer, Visibility } from "../access/viewer.ts";
import type { CallContext } from "../kit/context.ts";
import type { IdempotencyClaim } from "../kit/idempotency.ts";
import type { Page, PageRequest, Stored } from "../kit/record.ts";

/** Something that happened to a record and was seen by the store. Its id is a ULID made of the time and of what happened. */
export interface DerivedEntry extends Omit<TimelineEntry, "note"> {
  recordId: string;
}

/** What happened to accounts, contacts, opportunities and leads, and the notes that people wrote on them. */
export interface Timeline {
  /** Newest first; undefined when there is no such living record among the visible ones. */
  list(recordId: string, page: PageRequest, visibility: Visibility): Promise<Page<TimelineEntry> | undefined>;
  /** Undefined also when its record is not visible. */
  getNote(recordId: string, noteId: string, visibility: Visibility): Promise<Stored<Note> | undefined>;
  /**
   * Takes the claim in the same transaction.
   * @throws DomainError `not_found` when the record does not exist, is deleted, or is not visible, `idempotency_in_progress`
   * when the claim is taken.
   */
  createNote(note: Stored<Note>, visibility: Visibility, claim?: IdempotencyClaim): Promise<void>;
  /** @throws DomainError `conflict` when the stored version is not `before.version`. */
  updateNote(before: Stored<Note>, after: Stored<Note>): Promise<void>;
  /**
   * Marks a note deleted by `after`: its text is gone for good, and who has deleted it stays for a while.
   * @throws DomainError `conflict` when the stored version is not `before.version`.
   */
  removeNote(before: Stored<Note>, after: Stored<Note>): Promise<void>;
  /** Adds derived entries; adding one again changes nothing. */
  append(entries: readonly DerivedEntry[]): Promise<void>;
}

export interface TimelineDeps {
  timeline: Timeline;
  context: CallContext;
  viewer: Viewer;
}
