import type { Note, NotePatch } from "@shangji/contracts/timeline/schemas";
import { DomainError } from "../kit/domain-error.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import type { TimelineDeps } from "./ports.ts";
import { type NoteTarget, readNoteForChange } from "./read-note-for-change.ts";
import { isTouch } from "./touch.ts";

/** @throws DomainError `not_found`, `forbidden`, `stale_version`, `conflict`, `invalid_request` */
export async function updateNote(input: NoteTarget & { patch: NotePatch }, deps: TimelineDeps): Promise<Stored<Note>> {
  const before = await readNoteForChange("update", input, deps);
  const after = revise(before, input.patch, { context: deps.context, command: "updateNote" });
  assertStaysWhatItIs(before, after);
  await deps.timeline.updateNote(before, after);
  return after;
}

/**
 * A remark of last week that became a follow-up today would have stopped no clock when it was written, and a follow-up that
 * became a remark would have stopped one for nothing. Who was in touch writes that.
 */
function assertStaysWhatItIs(before: Note, after: Note): void {
  if (isTouch(before) === isTouch(after)) return;
  if (isTouch(before)) {
    throw new DomainError("invalid_request", "A follow-up stays one.", {
      errors: [{ pointer: "/body", message: "must leave a channel or an outcome" }],
    });
  }
  throw new DomainError("invalid_request", "A remark does not become a follow-up. Write a new note.", {
    errors: [{ pointer: "/body", message: "must not have a channel or an outcome" }],
  });
}
