import type {
  MailMode,
  NotificationKind,
  NotificationPreferences,
  NotificationTopic,
} from "@shangji/contracts/notifications/schemas";

/** What each kind of notification belongs to. */
export const topicOf: Readonly<Record<NotificationKind, NotificationTopic>> = {
  account_assigned: "assignments",
  contact_assigned: "assignments",
  opportunity_assigned: "assignments",
  lead_assigned: "assignments",
  lead_unassigned: "assignments",
  records_handed_over: "assignments",
  lead_response_due: "deadlines",
  lead_response_missed: "deadlines",
  lead_response_escalated: "deadlines",
  lead_recycle_due: "recycling",
  lead_recycled: "recycling",
  account_recycle_due: "recycling",
  account_recycled: "recycling",
  hand_over_completed: "jobs",
  hand_over_failed: "jobs",
  export_completed: "jobs",
  export_failed: "jobs",
  import_completed: "jobs",
  import_tried: "jobs",
  import_failed: "jobs",
  data_subject_request_failed: "jobs",
};

/** How somebody gets mail of a kind: what holds for its topic, else what holds for all. */
export function modeFor(
  kind: NotificationKind,
  { email, topics }: Pick<NotificationPreferences, "email" | "topics">,
): MailMode {
  return topics?.[topicOf[kind]] ?? email;
}
