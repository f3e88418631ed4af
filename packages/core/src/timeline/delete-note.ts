import { bury } from "../kit/revise.ts";
import type { TimelineDeps } from "./ports.ts";
import { type NoteTarget, readNoteForChange } from "./read-note-for-change.ts";

/** @throws DomainError `not_found`, `forbidden`, `stale_version`, `conflict` */
export async function deleteNote(input: NoteTarget, deps: TimelineDeps): Promise<void> {
  const before = await readNoteForChange("delete", input, deps);
  await deps.timeline.removeNote(before, bury(before, deps.context, "deleteNote"));
}
