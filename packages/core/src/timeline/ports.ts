import type { Note, TimelineEntry } from "@shangji/contracts/timeline/schemas";
import type { Viewer, Visibility } from "../access/viewer.ts";
import type { CallContext } from "../kit/context.ts";
import type { Page, PageRequest, Stored } from "../kit/record.ts";

/** Something that happened to a record and was seen by the store. Its id is a ULID made of the time and of what happened. */
export interface DerivedEntry extends Omit<TimelineEntry, "note"> {
  recordId: string;
}

/** What happened to accounts, contacts and opportunities, and the notes that people wrote on them. */
export interface Timeline {
  /** Newest first; undefined when there is no such living record among the visible ones. */
  list(recordId: string, page: PageRequest, visibility: Visibility): Promise<Page<TimelineEntry> | undefined>;
  /** Undefined also when its record is not visible. */
  getNote(recordId: string, noteId: string, visibility: Visibility): Promise<Stored<Note> | undefined>;
  /** @throws DomainError `not_found` when the record does not exist, is deleted, or is not visible. */
  createNote(note: Stored<Note>, visibility: Visibility): Promise<void>;
  /** @throws DomainError `conflict` when the stored version is not `before.version`. */
  updateNote(before: Stored<Note>, after: Stored<Note>): Promise<void>;
  /** A deleted note is gone for good. @throws DomainError `conflict` when the stored version is not `note.version`. */
  removeNote(note: Stored<Note>): Promise<void>;
  /** Adds derived entries; adding one again changes nothing. */
  append(entries: readonly DerivedEntry[]): Promise<void>;
}

export interface TimelineDeps {
  timeline: Timeline;
  context: CallContext;
  viewer: Viewer;
}
