import type { Note } from "@shangji/contracts/timeline/schemas";
import { DomainError } from "../kit/domain-error.ts";
import { readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import type { TimelineDeps } from "./ports.ts";

/** What a change of a note names: the note, its record, and the version that the caller has read. */
export interface NoteTarget {
  id: string;
  noteId: string;
  expectedVersion?: number | undefined;
}

/**
 * The note as it is before a change. Only its author, a manager or an admin may change it.
 * @throws DomainError `not_found`, `forbidden`, `stale_version`
 */
export async function readNoteForChange(input: NoteTarget, deps: TimelineDeps): Promise<Stored<Note>> {
  const store = {
    async get(noteId: string) {
      const note = await deps.timeline.getNote(input.id, noteId);
      if (note) assertMayChange(note, deps);
      return note;
    },
  };
  return readForChange<Note>(store, { id: input.noteId, expectedVersion: input.expectedVersion });
}

function assertMayChange(note: Note, { context: { actor } }: TimelineDeps): void {
  if (note.authorId === actor.userId || actor.role === "admin" || actor.role === "manager") return;
  throw new DomainError("forbidden", "Only its author or a manager may change a note.");
}
