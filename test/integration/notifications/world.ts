import { createHash } from "node:crypto";
import { policiesIn } from "@shangji/aws/dynamo/access/policies";
import { viewersOfRecordsIn } from "@shangji/aws/dynamo/access/viewers";
import { accountsIn } from "@shangji/aws/dynamo/accounts/accounts";
import { contactsIn } from "@shangji/aws/dynamo/contacts/contacts";
import type { Table } from "@shangji/aws/dynamo/kit/client";
import { leadsIn } from "@shangji/aws/dynamo/leads/leads";
import { inboxesIn } from "@shangji/aws/dynamo/notifications/inboxes";
import { mailQueueIn } from "@shangji/aws/dynamo/notifications/mail-queue";
import { notificationPreferencesIn } from "@shangji/aws/dynamo/notifications/preferences";
import { notificationTemplatesIn } from "@shangji/aws/dynamo/notifications/templates";
import { opportunitiesIn } from "@shangji/aws/dynamo/opportunities/opportunities";
import { deactivationsIn } from "@shangji/aws/dynamo/people/deactivations";
import { usersIn } from "@shangji/aws/dynamo/people/users";
import type { NotificationKind, NotificationPreferences } from "@shangji/contracts/notifications/schemas";
import type { NewNotificationTemplate } from "@shangji/contracts/notifications/templates";
import type { User } from "@shangji/contracts/people/schemas";
import { newRecord } from "@shangji/core/kit/new-record";
import { newLead } from "@shangji/core/leads/new-lead";
import { deleteTemplate, putTemplate } from "@shangji/core/notifications/customise";
import { listNotifications } from "@shangji/core/notifications/list-notifications";
import type { OwnershipEvent } from "@shangji/core/notifications/new-owner";
import { type NotableEvent, notify } from "@shangji/core/notifications/notify";
import type { Mail } from "@shangji/core/notifications/ports";
import { putPreferences } from "@shangji/core/notifications/preferences";
import { type SendDeps, sendDueMail } from "@shangji/core/notifications/send-due-mail";
import { testClock, testContext, testViewer } from "@shangji/testing/world";

const minute = 60_000;

/** An organisation whose people are told of what they are given. */
export function notificationWorld(table: Table, clock = testClock()) {
  const context = testContext({ clock });
  const stamp = { context, command: "test" };
  const users = usersIn(table, clock);
  const leads = leadsIn(table);
  const inboxes = inboxesIn(table);
  const mails: Mail[] = [];
  let events = 0;

  /** What the functions have, each in a process of its own. */
  const processOn = (given: Table) => ({
    inboxes: inboxesIn(given),
    queue: mailQueueIn(given),
    preferencesOf: notificationPreferencesIn(given, clock),
    templateOf: notificationTemplatesIn(given, clock),
    deactivations: deactivationsIn(given),
    users: usersIn(given, clock),
    viewers: viewersOfRecordsIn(given, clock),
    stores: {
      account: accountsIn(given),
      contact: contactsIn(given),
      opportunity: opportunitiesIn(given),
      lead: leadsIn(given),
    },
    clock,
    digest: (text: string) => createHash("sha256").update(text).digest(),
    mailer: {
      async send(mail: Mail) {
        mails.push(mail);
      },
    },
    settings: { zone: "Asia/Shanghai", sendsMail: true, language: "en" as const },
  });
  const own = processOn(table);

  return {
    table,
    clock,
    leads,
    users,
    inboxes,
    mails,
    processOn,
    policies: policiesIn(table, clock),
    async addUser(fields: Partial<User> = {}) {
      const user = newRecord<User>(
        "user",
        { name: "林晓", role: "rep", active: true, email: "lin@shangji.test", locale: "zh-CN", ...fields },
        stamp,
      );
      await users.create(user);
      return user;
    },
    async addLead(ownerId: string, name = "陈静") {
      const lead = newLead({ name, tags: [], ownerId }, stamp);
      await leads.create(lead);
      return lead;
    },
    prefer(userId: string, preferences: Pick<NotificationPreferences, "email" | "topics" | "quietHours" | "digestAt">) {
      const input = { preferences, expectedVersion: undefined };
      return putPreferences(input, { preferencesOf: own.preferencesOf, context: testContext({ clock, userId }) });
    },
    /** The event by which somebody was given a record. */
    given(record: { id: string; ownerId?: string | undefined }, more: Partial<OwnershipEvent> = {}): OwnershipEvent {
      events += 1;
      const { id, ownerId } = record;
      return {
        id: `evt_${events}`,
        type: "lead.created.v1",
        occurredAt: clock.now().toISOString(),
        actor: { id: "system", source: "workflow" },
        data: { id, ...(ownerId === undefined ? {} : { ownerId }) },
        ...more,
      };
    },
    /** The event by which work that somebody has asked for is over. */
    over(type: string, data: Partial<NotableEvent["data"]>, actorId = "system"): NotableEvent {
      events += 1;
      const actor = { id: actorId, source: "workflow" };
      const occurredAt = clock.now().toISOString();
      return { id: `evt_${events}`, type, occurredAt, actor, data: { id: "exp_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D", ...data } };
    },
    /** The customer's own words, for whatever process looks half a minute later. */
    async say(kind: NotificationKind, texts: NewNotificationTemplate) {
      const { version } = (await own.templateOf(kind).get()) ?? { version: 0 };
      const input = { kind, texts, expectedVersion: version };
      return putTemplate(input, { templateOf: own.templateOf, context });
    },
    async forgetWords(kind: NotificationKind) {
      const { version } = (await own.templateOf(kind).get()) ?? { version: 0 };
      return deleteTemplate({ kind, expectedVersion: version }, { templateOf: own.templateOf, context });
    },
    /** Titles and texts in an inbox, as its owner reads them. */
    async read(userId: string, language: "en" | "zh-CN", given = own) {
      const viewer = testViewer({ userId, role: "rep" });
      const { items } = await listNotifications({ limit: 10, unreadOnly: false }, { ...given, viewer, language });
      return items.map(({ title, text }) => [title, text]);
    },
    tell: (event: NotableEvent, given = own) => notify(event, given),
    send: (given: SendDeps = own) => sendDueMail(given),
    inbox: async (userId: string) => (await inboxes.list(userId, { limit: 50, unreadOnly: false })).items,
    pass(minutes: number) {
      clock.advance(minutes * minute);
    },
  };
}

export type World = ReturnType<typeof notificationWorld>;
