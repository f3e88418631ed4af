import * as z from "zod";
import { Instant, idOf, PageQuery, pageOf, recordFields, Text } from "../kit/primitives.ts";

/** Records that carry a timeline. */
export const RecordId = z.union([idOf("account"), idOf("contact"), idOf("opportunity"), idOf("lead")]);

export const followUpLimits = {
  /** A follow-up may be written down so many days after it happened. */
  pastDays: 30,
  /** Callers' clocks may be so far off. */
  clockSkewMinutes: 5,
} as const;

/** By what way somebody was in touch with a customer. */
export const FollowUpChannel = z.enum(["call", "mail", "message", "meeting"]);
export type FollowUpChannel = z.infer<typeof FollowUpChannel>;

/** What came of it. */
export const FollowUpOutcome = z.enum([
  "reached",
  "no_answer",
  "left_message",
  "replied",
  "interested",
  "not_interested",
  "wrong_contact",
]);
export type FollowUpOutcome = z.infer<typeof FollowUpOutcome>;

/** A follow-up when it says by what channel or with what outcome somebody was in touch; else a remark. */
export const Note = z.object({
  id: idOf("note"),
  recordId: RecordId.meta({ description: "The record that it was written on, which may have been merged since" }),
  text: z.string(),
  authorId: z.string(),
  channel: FollowUpChannel.optional(),
  outcome: FollowUpOutcome.optional(),
  happenedAt: z
    .string()
    .optional()
    .meta({ description: "Of a follow-up: when it happened by its author's word. It counts from `createdAt`" }),
  ...recordFields,
});
export type Note = z.infer<typeof Note>;

export const NewNote = z
  .strictObject({
    text: Text(10_000),
    channel: FollowUpChannel.optional(),
    outcome: FollowUpOutcome.optional(),
    happenedAt: Instant.optional().meta({
      description: `Of a follow-up; default: now. At most ${followUpLimits.pastDays} days ago and ${followUpLimits.clockSkewMinutes} minutes ahead`,
    }),
  })
  .refine(({ channel, outcome, happenedAt }) => happenedAt === undefined || (channel ?? outcome) !== undefined, {
    path: ["happenedAt"],
    message: "needs a channel or an outcome",
  })
  .meta({ description: "With a channel or an outcome it is a follow-up, which stops a response clock; else a remark" });
export type NewNote = z.infer<typeof NewNote>;

/** A `null` clears the field. A follow-up stays one, and a remark does too. */
export const NotePatch = z.strictObject({
  text: Text(10_000).optional(),
  channel: FollowUpChannel.nullable().optional(),
  outcome: FollowUpOutcome.nullable().optional(),
});
export type NotePatch = z.infer<typeof NotePatch>;

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
