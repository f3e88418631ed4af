import { mailQueueIn } from "@shangji/aws/dynamo/notifications/mail-queue";
import { notificationTemplatesIn } from "@shangji/aws/dynamo/notifications/templates";
import { sesMailer } from "@shangji/aws/mail/ses-mailer";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage, systemClock } from "@shangji/lambda/settings";
import { deps as common, table } from "./workers-wiring.ts";

export const deps = {
  ...common,
  queue: mailQueueIn(table),
  templateOf: notificationTemplatesIn(table, systemClock),
  mailer: sesMailer(required(env.mailFrom)),
  settings: { language: defaultLanguage() },
};
