import * as z from "zod";
import { TimeOfDay } from "../calendar/schemas.ts";
import { ownedEntities } from "../kit/entities.ts";
import { idOf, PageQuery, pageOf, recordFields } from "../kit/primitives.ts";

/** What people are told of. */
export const NotificationKind = z.enum([
  "account_assigned",
  "contact_assigned",
  "opportunity_assigned",
  "lead_assigned",
  "lead_unassigned",
  "lead_response_due",
  "lead_response_missed",
  "lead_response_escalated",
  "lead_recycle_due",
  "lead_recycled",
  "account_recycle_due",
  "account_recycled",
  "records_handed_over",
  "hand_over_completed",
  "hand_over_failed",
  "export_completed",
  "export_failed",
  "import_completed",
  "import_tried",
  "import_failed",
  "data_subject_request_failed",
]);
export type NotificationKind = z.infer<typeof NotificationKind>;

/** What kinds have in common, for whoever wants mail of some and not of others. */
export const NotificationTopic = z.enum(["assignments", "deadlines", "recycling", "jobs"]).meta({
  description:
    "assignments: records that one is given; deadlines: leads that wait for an answer; recycling: leads that go to a pool; jobs: exports, imports and other work that one has asked for, once it is over",
});
export type NotificationTopic = z.infer<typeof NotificationTopic>;

/** Kinds of records that a file holds. */
const FiledKind = z.enum([...ownedEntities, "product", "user"]);
export type FiledKind = z.infer<typeof FiledKind>;

/** How many records something was about. */
const NotificationCounts = z
  .object({ count: z.int(), created: z.int(), updated: z.int(), failed: z.int() })
  .partial()
  .meta({ description: "Of work that is over: count is all of it, rows or records" });
export type NotificationCounts = z.infer<typeof NotificationCounts>;

/** What somebody can be told about: a record, or what was done with many. */
const NotificationSubject = z.enum([...ownedEntities, "user", "export", "import", "dataSubjectRequest"]);
export type NotificationSubject = z.infer<typeof NotificationSubject>;

/** Something that concerns the reader. Its text is made when it is read, of what the reader may see then. */
export const Notification = z.object({
  id: idOf("notification"),
  kind: NotificationKind,
  at: z.string().meta({ description: "When it happened" }),
  readAt: z.string().optional().meta({ description: "When it was read; absent: it is unread" }),
  subject: z.object({ entity: NotificationSubject, id: z.string() }).meta({
    description: "Of what was handed over: the user who had it",
  }),
  actorId: z.string().meta({ description: "Who did it: a user, a service account, or system" }),
  daysAhead: z.int().optional().meta({ description: "Of what comes: how many days were left when it was told" }),
  records: FiledKind.optional().meta({ description: "Of an export or an import: what its records are" }),
  counts: NotificationCounts.optional(),
  title: z.string().meta({ description: "In the language of Accept-Language" }),
  text: z.string(),
});
export type Notification = z.infer<typeof Notification>;

export const NotificationPage = pageOf(Notification);

export const NotificationQuery = z.strictObject({
  ...PageQuery,
  unread: z
    .enum(["true", "false"])
    .optional()
    .meta({ description: "true: only what is unread; a page looks at 200 at most, and may then be short" }),
});

/** How many are unread. */
export const UnreadCount = z.object({
  count: z.int().meta({ description: "Among the latest 200" }),
  isMore: z.boolean().meta({ description: "Whether there are older ones, which were not counted" }),
});

export const ReadNotifications = z.strictObject({
  ids: z.array(idOf("notification")).min(1).max(100).meta({ description: "Those that were shown" }),
});

export const ReadResult = z.object({
  notFound: z.array(z.string()).meta({ description: "Those that are not in the caller's inbox, or no more" }),
});

/** How often mail comes. */
export const MailMode = z.enum(["at_once", "digest", "off"]);
export type MailMode = z.infer<typeof MailMode>;

/** Wall-clock times in the person's zone. They may go over midnight. */
const QuietHours = z
  .strictObject({ from: TimeOfDay, until: TimeOfDay })
  .refine(({ from, until }) => from !== until, "from must not equal until");

export const NewNotificationPreferences = z.strictObject({
  email: MailMode.meta({ description: "at_once: within a minute or two; digest: one mail a day" }),
  topics: z.partialRecord(NotificationTopic, MailMode).optional().meta({
    description: "Where it is another one for some topics; the inbox has all of them",
  }),
  quietHours: QuietHours.optional().meta({ description: "Mail waits until they are over" }),
  digestAt: TimeOfDay.default("08:30").meta({ description: "When the day's digest comes, in the person's zone" }),
});

/** A person's own; version 0 is the product's, as long as they have not chosen. */
export const NotificationPreferences = z
  .object({ ...NewNotificationPreferences.shape, ...recordFields, version: z.int().min(0) })
  .partial({ createdAt: true, updatedAt: true });
export type NotificationPreferences = z.infer<typeof NotificationPreferences>;
