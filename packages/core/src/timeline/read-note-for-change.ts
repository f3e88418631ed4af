import type { Note } from "@shangji/contracts/timeline/schemas";
import { scopeOf, type Viewer } from "../access/viewer.ts";
import { DomainError } from "../kit/domain-error.ts";
import { readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import type { TimelineDeps } from "./ports.ts";
import { mayReadNote, readableLike } from "./readable-records.ts";

/** What a change of a note names: the note, its record, and the version that the caller has read. */
export interface NoteTarget {
  id: string;
  noteId: string;
  expectedVersion?: number | undefined;
}

/**
 * The note as it is before a change, if the caller may read its record and the policy covers the note: all, or the caller's own.
 * @throws DomainError `not_found`, `forbidden`, `stale_version`
 */
export async function readNoteForChange(
  action: "update" | "delete",
  input: NoteTarget,
  deps: TimelineDeps,
): Promise<Stored<Note>> {
  const store = {
    async get(noteId: string) {
      const note = await deps.timeline.getNote(input.id, noteId, readableLike(input.id, deps.viewer));
      if (!note || !mayReadNote(note, deps.viewer)) return undefined;
      assertMayChange(action, note, deps.viewer);
      return note;
    },
  };
  return readForChange<Note>(store, { id: input.noteId, expectedVersion: input.expectedVersion });
}

function assertMayChange(action: "update" | "delete", note: Note, viewer: Viewer): void {
  const scope = scopeOf(viewer, { entity: "note", action });
  if (scope === "all" || (scope === "own" && note.authorId === viewer.actor.userId)) return;
  throw new DomainError("forbidden", "Your role covers the notes that you have written.");
}
