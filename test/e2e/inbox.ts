import { inject } from "vitest";
import { eventually } from "./api.ts";

interface Mail {
  subject: string;
  destination: { to: string[] };
  body: { text?: string; html?: string };
}

/** Mails to an address, oldest first, once there are as many. */
export async function mailsTo(
  address: string,
  count: number,
): Promise<{ subject: string; text: string; html: string }[]> {
  const { inboxUrl } = inject("stack");
  const read = async () => {
    const { emails } = (await (await fetch(new URL("/store", inboxUrl))).json()) as { emails: Mail[] };
    return emails.filter(({ destination }) => destination.to.includes(address));
  };
  const mails = await eventually(read, ({ length }) => length >= count);
  return mails.map(({ subject, body }) => ({ subject, text: body.text ?? body.html ?? "", html: body.html ?? "" }));
}

/** The temporary password in an invitation. */
export function temporaryPassword({ text }: { text: string }): string {
  const [, password] = /Temporary password: ([^<\s]+)/.exec(text) ?? [];
  if (!password) throw new Error(`no password in ${text}`);
  return password;
}
