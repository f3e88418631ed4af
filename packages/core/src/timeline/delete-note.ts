import type { TimelineDeps } from "./ports.ts";
import { type NoteTarget, readNoteForChange } from "./read-note-for-change.ts";

/** @throws DomainError `not_found`, `forbidden`, `stale_version`, `conflict` */
export async function deleteNote(input: NoteTarget, deps: TimelineDeps): Promise<void> {
  await deps.timeline.removeNote(await readNoteForChange("delete", input, deps));
}
