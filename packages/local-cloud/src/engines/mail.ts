import type { LocalClock } from "../clock/local-clock.ts";
import { startEngine, type ThreadEngine } from "./engine-thread.ts";

/** The mail service: SES versions 1 and 2, and a web inbox at its root. Mails live as long as the process. */
export async function startMail(clock: LocalClock, log: (line: string) => void): Promise<ThreadEngine> {
  return startEngine({ module: new URL("./mail-thread.ts", import.meta.url), data: {}, clock, log });
}

/** Puts a mail into the inbox that no function has sent. */
export async function deliverMail(
  endpoint: string,
  mail: { to: string; subject: string; text: string },
): Promise<void> {
  await fetch(endpoint, {
    method: "POST",
    headers: { authorization: "AWS local", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      Action: "SendEmail",
      Source: "no-reply@verificationemail.com",
      "Destination.ToAddresses.member.1": mail.to,
      "Message.Subject.Data": mail.subject,
      "Message.Body.Text.Data": mail.text,
    }),
  });
}
