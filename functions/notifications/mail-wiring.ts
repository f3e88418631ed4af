import { mailQueueIn } from "@shangji/aws/dynamo/notifications/mail-queue";
import { sesMailer } from "@shangji/aws/mail/ses-mailer";
import { env, required } from "@shangji/lambda/env";
import { defaultLanguage } from "@shangji/lambda/settings";
import { deps as common, table } from "./workers-wiring.ts";

export const deps = {
  ...common,
  queue: mailQueueIn(table),
  mailer: sesMailer(required(env.mailFrom)),
  settings: { language: defaultLanguage() },
};
