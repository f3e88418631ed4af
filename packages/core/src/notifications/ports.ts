import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type {
  FiledKind,
  NotificationCounts,
  NotificationKind,
  NotificationPreferences,
  NotificationSubject,
} from "@shangji/contracts/notifications/schemas";
import type { OwnNotificationTemplate } from "@shangji/contracts/notifications/templates";
import type { Belonging } from "../access/viewer.ts";
import type { Page, PageRequest, RecordStore } from "../kit/record.ts";
import type { Setting } from "../kit/setting.ts";

/** What is kept of a notification: whom, what and which record, but no word of the record. */
export interface Told {
  /** Follows from the event and the reader, and sorts by when it happened. */
  id: string;
  userId: string;
  kind: NotificationKind;
  at: string;
  subject: { entity: NotificationSubject; id: string };
  actorId: string;
  /** How many days were left when it was told. */
  daysAhead?: number | undefined;
  /** What the records of a file are. */
  records?: FiledKind | undefined;
  counts?: NotificationCounts | undefined;
  readAt?: string | undefined;
}

/** Everybody's notifications. */
export interface Inboxes {
  /** Adds one, to be mailed when it is due, or not at all. Answers false, and changes nothing, when it is there. */
  add(told: Told, mailDueAt: string | undefined): Promise<boolean>;
  /** Latest first. A page of unread ones looks at 200, and may be short. */
  list(userId: string, page: PageRequest & { unreadOnly: boolean }): Promise<Page<Told>>;
  /** Unread ones among the latest 200. */
  countUnread(userId: string): Promise<{ count: number; isMore: boolean }>;
  /** Answers the ids that are not there. Read twice is read at the first time. */
  markRead(userId: string, ids: readonly string[], at: string): Promise<string[]>;
}

/** A notification that is to be mailed at a time. */
export interface DueMail {
  userId: string;
  id: string;
  dueAt: string;
}

/** A notification that nobody else mails for the moment. */
export interface ClaimedMail extends Told {
  /** How often it has been claimed, this time included. */
  tries: number;
}

/** Notifications that wait to be mailed. */
export interface MailQueue {
  /** What is due, person by person; what was claimed a moment ago may still be among it. */
  due(at: string): AsyncIterable<DueMail[]>;
  /** Takes one, which is due again at `until` unless it is settled. Undefined when someone else has it. */
  claim(mail: DueMail, until: string): Promise<ClaimedMail | undefined>;
  /** Ends it. */
  settle(mail: Pick<ClaimedMail, "userId" | "id">, end: MailEnd): Promise<void>;
}

/** skipped: read, not to be seen any more, or not wanted. failed: refused for good, or given up. */
export type MailEnd = "sent" | "skipped" | "failed";

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

export interface Mailer {
  /** @throws Undeliverable when it can never be sent */
  send(mail: Mail): Promise<void>;
}

/** Each person's own preferences. */
export type PreferencesOf = (userId: string) => Setting<NotificationPreferences>;

/** The customer's own words of each kind of notification. */
export type TemplateOf = (kind: NotificationKind) => Setting<OwnNotificationTemplate>;

/** What is read of a record that somebody is told of. */
export type Named = Belonging & {
  id: string;
  name?: string | undefined;
  pool?: { previousOwnerId?: string | undefined } | undefined;
};
export type SubjectStores = Readonly<Record<OwnedEntity, Pick<RecordStore<Named>, "get" | "getMany">>>;
