import * as z from "zod";
import { idOf, PageQuery, pageOf, recordFields, Text } from "../kit/primitives.ts";

/** Records that carry a timeline. */
export const RecordId = z.union([idOf("account"), idOf("contact"), idOf("opportunity"), idOf("lead")]);

export const Note = z.object({
  id: idOf("note"),
  recordId: RecordId.meta({ description: "The record that it was written on, which may have been merged since" }),
  text: z.string(),
  authorId: z.string(),
  ...recordFields,
});
export type Note = z.infer<typeof Note>;

export const NewNote = z.strictObject({ text: Text(10_000) });
export type NewNote = z.infer<typeof NewNote>;
export const NotePatch = z.strictObject({ text: Text(10_000) });

/** One thing that happened to a record: a note that someone wrote, or a change that the store saw. */
export const TimelineEntry = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.enum([
    "note",
    "created",
    "stage_changed",
    "status_changed",
    "owner_changed",
    "deleted",
    "restored",
    "merged",
    "unmerged",
  ]),
  actorId: z.string(),
  note: Note.optional(),
  details: z.record(z.string(), z.string()).optional(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const TimelinePage = pageOf(TimelineEntry);
export const TimelineQuery = z.strictObject(PageQuery);
