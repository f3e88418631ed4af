import { sendDueMail } from "@shangji/core/notifications/send-due-mail";
import { log } from "@shangji/lambda/log";
import { deps } from "./mail-wiring.ts";

/** Mails what is due, once a minute. It may run twice and beside itself. */
export async function handler(): Promise<void> {
  const started = performance.now();
  const { mails, notifications } = await sendDueMail(deps);
  if (mails === 0) return;
  const milliseconds = Math.round(performance.now() - started);
  log("info", { message: "notifications mailed", mails, notifications, milliseconds });
}
