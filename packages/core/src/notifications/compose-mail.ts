import type { Notification } from "@shangji/contracts/notifications/schemas";
import type { Mail } from "./ports.ts";
import { escapeHtml, render } from "./render.ts";
import { mailWords, type ReaderLanguage } from "./templates.ts";

/** Notifications that a mail writes out; of the others it gives the number. */
export const mostWrittenOut = 50;

type Words = Pick<Notification, "title" | "text">;

/** One mail of one notification or several. The texts are plain; the HTML shows the same. */
export function composeMail(
  notifications: readonly Words[],
  { to, language }: { to: string; language: ReaderLanguage },
): Mail {
  const words = mailWords[language];
  const [first] = notifications;
  const subject =
    first && notifications.length === 1 ? first.title : render(words.several, { count: notifications.length });
  const lines = notifications.slice(0, mostWrittenOut).map(({ text }) => text);
  const more = notifications.length - lines.length;
  const rest = more > 0 ? [render(words.more, { count: more })] : [];
  const items = lines.map((line) => `<li>${escapeHtml(line).replaceAll("\n", "<br>")}</li>`).join("\n");
  const paragraphs = [...rest, words.footer].map((line) => `<p>${escapeHtml(line)}</p>`).join("\n");
  return {
    to,
    subject,
    text: [...lines.map((line) => `- ${line.replaceAll("\n", "\n  ")}`), ...rest, "", words.footer, ""].join("\n"),
    html: `<!doctype html>\n<html lang="${language}"><meta charset="utf-8">\n<ul>\n${items}\n</ul>\n${paragraphs}\n</html>\n`,
  };
}
