import type { NotificationPreferences } from "@shangji/contracts/notifications/schemas";
import { dateIn, instantOf } from "../kit/zone.ts";

type Choice = Pick<NotificationPreferences, "email" | "quietHours" | "digestAt">;

/** When something that is told now is to be mailed, ISO 8601 in UTC; undefined when it is not. `zone` is the reader's. */
export function mailDueAt(now: Date, { email, quietHours, digestAt }: Choice, zone: string): string | undefined {
  if (email === "off") return undefined;
  const at = email === "digest" ? nextAt(zone, now, digestAt) : now.toISOString();
  return quietHours ? afterQuietHours(at, quietHours, zone) : at;
}

/** The first time after an instant at which clocks of a zone show a time. */
function nextAt(zone: string, now: Date, time: string): string {
  const today = dateIn(zone, now.toISOString());
  const next = clockAt(zone, today, time);
  return next > now.toISOString() ? next : clockAt(zone, addDays(today, 1), time);
}

/** The end of the quiet hours that an instant lies in; else the instant. They may have begun the day before. */
function afterQuietHours(at: string, { from, until }: { from: string; until: string }, zone: string): string {
  const today = dateIn(zone, at);
  for (const day of [addDays(today, -1), today]) {
    const begins = clockAt(zone, day, from);
    const ends = clockAt(zone, from < until ? day : addDays(day, 1), until);
    if (begins <= at && at < ends) return ends;
  }
  return at;
}

function clockAt(zone: string, date: string, time: string): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return instantOf(zone, date, { hour, minute, second: 0 });
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
