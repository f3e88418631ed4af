import { defineEvent } from "../kit/event.ts";
import { Note } from "./schemas.ts";

export const noteCreated = defineEvent(
  "note.created.v1",
  "A note was written on a record: a follow-up, or a remark",
  Note,
);
