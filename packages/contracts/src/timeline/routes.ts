import * as z from "zod";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { NewNote, Note, NotePatch, RecordId, TimelinePage, TimelineQuery } from "./schemas.ts";

const record = z.strictObject({ id: RecordId });
const note = z.strictObject({ id: RecordId, noteId: idOf("note") });

export const createNote = defineRoute({
  id: "createNote",
  domain: "timeline",
  method: "POST",
  path: "/v1/records/{id}/notes",
  summary: "Write a note on a record: a remark, or a follow-up by its channel or outcome",
  access: { entity: "note", action: "create" },
  params: record,
  body: NewNote,
  status: 201,
  response: Note,
  etag: true,
  errors: ["not_found"],
});

export const updateNote = defineRoute({
  id: "updateNote",
  domain: "timeline",
  method: "PATCH",
  path: "/v1/records/{id}/notes/{noteId}",
  summary: "Change a note; a follow-up stays one, and a remark does not become one",
  access: { entity: "note", action: "update" },
  params: note,
  body: NotePatch,
  status: 200,
  response: Note,
  etag: true,
  precondition: "if-match",
  errors: ["not_found", "forbidden"],
});

export const deleteNote = defineRoute({
  id: "deleteNote",
  domain: "timeline",
  method: "DELETE",
  path: "/v1/records/{id}/notes/{noteId}",
  summary: "Delete a note",
  access: { entity: "note", action: "delete" },
  params: note,
  status: 204,
  precondition: "if-match",
  errors: ["not_found", "forbidden"],
});

export const getTimeline = defineRoute({
  id: "getTimeline",
  domain: "timeline",
  method: "GET",
  path: "/v1/records/{id}/timeline",
  summary: "Everything that happened to a record, newest first",
  access: { entity: "note", action: "read" },
  params: record,
  query: TimelineQuery,
  status: 200,
  response: TimelinePage,
  errors: ["not_found", "invalid_cursor"],
});
