import { inboxPrefix } from "@shangji/aws/dynamo/notifications/inbox-items";
import { preferencesPrefix } from "@shangji/aws/dynamo/notifications/preferences";
import { templatesPrefix } from "@shangji/aws/dynamo/notifications/templates";
import { ownedEntities } from "@shangji/contracts/kit/entities";
import { env } from "@shangji/lambda/env";
import { Duration, Stack } from "aws-cdk-lib";
import { Schedule } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { DeadLetterQueue } from "../constructs/dead-letter-queue.ts";
import { EventRule } from "../constructs/event-rule.ts";
import { FunctionAlarms } from "../constructs/function-alarms.ts";
import { grantCursorSecret, grantPartitions, grantTable, type TableAccess } from "../constructs/grants.ts";
import { HouseFunction } from "../constructs/house-function.ts";
import { HttpFunction } from "../constructs/http-function.ts";
import type { Platform } from "../constructs/platform.ts";
import { tableSetting, zoneSetting } from "../constructs/settings.ts";

/** Inboxes and directories are queries of one partition; records are read by id, and who may read them by policy and shares. */
const httpAccess: TableAccess = { actions: ["GetItem", "BatchGetItem", "Query"], indexes: ["gsi1"] };

/** The record, its owner, and the rules by which the owner may read it; how far a hand-over has come. */
const notifyAccess: TableAccess = { actions: ["GetItem", "Query"], indexes: ["gsi1"] };

/** What is due, whom it is for, and the records that it is about. */
const mailAccess: TableAccess = { actions: ["GetItem", "BatchGetItem", "Query"], indexes: ["gsi1", "gsi5"] };

/** What concerns people: their inboxes, and the mail that tells of them. */
export class NotificationsDomain extends Construct {
  readonly http: HttpFunction;

  constructor(scope: Construct, platform: Platform) {
    super(scope, "Notifications");
    this.http = new HttpFunction(this, "Http", {
      platform,
      entry: "functions/notifications/http.ts",
      description: "Inboxes, when to mail, and in which words (API)",
      access: httpAccess,
    });
    grantPartitions(this.http, platform, { actions: ["UpdateItem"], prefixes: [inboxPrefix] });
    grantPartitions(this.http, platform, { actions: ["PutItem"], prefixes: [preferencesPrefix, templatesPrefix] });
    grantCursorSecret(this.http, platform);
    const failed = new DeadLetterQueue(this, "FailedNotifications", {
      platform,
      impact:
        "Somebody was given a record, or waits for the end of a job, and has not been told, or the mail that tells of it is late.",
      runbook: "notifications-failed",
    });
    const notify = this.#notify(platform, failed);
    const mail = this.#mail(platform, failed);
    new FunctionAlarms(this, "Alarms", {
      platform,
      functions: [this.http, notify, mail],
      impact: "People are not told what concerns them, or not by mail.",
    });
  }

  #notify(platform: Platform, failed: DeadLetterQueue): HouseFunction {
    const fn = new HouseFunction(this, "Notify", {
      platform,
      entry: "functions/notifications/notify.ts",
      description: "Tells people what an event means for them",
      timeoutSeconds: 30,
      environment: {
        ...tableSetting(platform),
        ...zoneSetting(platform),
        [env.sendsMail]: String(platform.customer.features.domainMail),
      },
      deadLetters: failed,
    });
    grantTable(fn, platform, notifyAccess);
    grantPartitions(fn, platform, { actions: ["PutItem"], prefixes: [inboxPrefix] });
    const created = ownedEntities.map((entity) => `${entity}.created.v1`);
    new EventRule(this, "RecordGiven", {
      description: "A record has an owner whom it did not have before",
      fn,
      bus: platform.bus,
      when: {
        pattern: {
          source: ["shangji"],
          detailType: [...created, ...ownedEntities.map((entity) => `${entity}.updated.v1`)],
          detail: {
            // What a file or a hand-over brings is told of at its end.
            actor: { source: [{ "anything-but": ["import", "hand_over"] }] },
            data: { ownerId: [{ exists: true }] },
            // Of what was there before, only a change of the owner counts.
            $or: [{ type: created }, { previous: { ownerId: [{ exists: true }] } }],
          },
        },
      },
      deadLetters: failed,
      patienceMinutes: 6 * 60,
    });
    new EventRule(this, "DeadlineMissed", {
      description:
        "Nobody could take a lead, or a deadline of one, or the end of an owner's time with a lead or an account, is near or has passed",
      fn,
      bus: platform.bus,
      when: {
        pattern: {
          source: ["shangji"],
          detailType: [
            "lead.unassigned.v1",
            ...["lead.response_reminded.v1", "lead.response_breached.v1", "lead.response_escalated.v1"],
            ...["lead", "account"].flatMap((entity) => [`${entity}.recycle_warned.v1`, `${entity}.recycled.v1`]),
          ],
        },
      },
      deadLetters: failed,
      patienceMinutes: 6 * 60,
    });
    new EventRule(this, "JobOver", {
      description: "Work that somebody has asked for is over",
      fn,
      bus: platform.bus,
      when: {
        pattern: {
          source: ["shangji"],
          detailType: [
            ...["export.completed.v1", "export.failed.v1", "import.completed.v1", "import.failed.v1"],
            ...["user.handed_over.v1", "user.hand_over_stopped.v1", "data_subject_request.failed.v1"],
          ],
        },
      },
      deadLetters: failed,
      patienceMinutes: 6 * 60,
    });
    return fn;
  }

  #mail(platform: Platform, failed: DeadLetterQueue): HouseFunction {
    const { customer } = platform;
    const { mailDomain } = customer;
    const fn = new HouseFunction(this, "SendMail", {
      platform,
      entry: "functions/notifications/send-mail.ts",
      description: "Mails notifications that are due",
      timeoutSeconds: 60,
      environment: {
        ...tableSetting(platform),
        [env.mailFrom]: `no-reply@${mailDomain}`,
        [env.defaultLocale]: customer.locale,
      },
      deadLetters: failed,
    });
    grantTable(fn, platform, mailAccess);
    grantPartitions(fn, platform, { actions: ["UpdateItem"], prefixes: [inboxPrefix] });
    fn.grant(
      ["ses:SendEmail"],
      [Stack.of(this).formatArn({ service: "ses", resource: "identity", resourceName: mailDomain })],
    );
    new EventRule(this, "EachMinute", {
      description: "Mail that is due",
      fn,
      when: { schedule: Schedule.rate(Duration.minutes(1)) },
      deadLetters: failed,
      // The next one comes soon.
      patienceMinutes: 5,
    });
    return fn;
  }
}
