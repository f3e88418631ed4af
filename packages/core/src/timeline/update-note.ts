import type { NewNote, Note } from "@shangji/contracts/timeline/schemas";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import type { TimelineDeps } from "./ports.ts";
import { type NoteTarget, readNoteForChange } from "./read-note-for-change.ts";

/** @throws DomainError `not_found`, `forbidden`, `stale_version`, `conflict` */
export async function updateNote(input: NoteTarget & { patch: NewNote }, deps: TimelineDeps): Promise<Stored<Note>> {
  const before = await readNoteForChange("update", input, deps);
  const after = revise(before, input.patch, { context: deps.context, command: "updateNote" });
  await deps.timeline.updateNote(before, after);
  return after;
}
