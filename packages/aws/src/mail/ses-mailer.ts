import { MessageRejected, SESClient, SendEmailCommand } from "@aws-sdk/client-ses";
import type { Mailer } from "@shangji/core/notifications/ports";
import { Undeliverable } from "@shangji/core/people/ports";
import { clientSettings } from "../client-settings.ts";

const Charset = "UTF-8";

/** Mail through SES, from an address of the customer's mail domain. SES makes headers and parts of the texts. */
export function sesMailer(from: string, client: SESClient = new SESClient(clientSettings)): Mailer {
  return {
    async send({ to, subject, text, html }) {
      const command = new SendEmailCommand({
        Source: from,
        Destination: { ToAddresses: [to] },
        Message: {
          Subject: { Data: subject, Charset },
          Body: { Text: { Data: text, Charset }, Html: { Data: html, Charset } },
        },
      });
      await client.send(command).catch((cause: unknown) => {
        // An address that SES does not take, now or later.
        if (cause instanceof MessageRejected) throw new Undeliverable("SES does not take the mail", { cause });
        throw cause;
      });
    },
  };
}
