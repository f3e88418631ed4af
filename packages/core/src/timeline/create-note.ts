import type { NewNote, Note } from "@shangji/contracts/timeline/schemas";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import type { TimelineDeps } from "./ports.ts";
import { readableLike } from "./readable-records.ts";

/** Writes a note on a record. @throws DomainError `not_found` when the record does not exist, is deleted or not for the caller to read. */
export async function createNote(input: NewNote & { recordId: string }, deps: TimelineDeps): Promise<Stored<Note>> {
  const { context } = deps;
  const fields = { recordId: input.recordId, text: input.text, authorId: context.actor.userId };
  const note = newRecord<Note>("note", fields, { context, command: "createNote" });
  await deps.timeline.createNote(note, readableLike(input.recordId, deps.viewer));
  return note;
}
