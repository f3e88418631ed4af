import { type BusinessCalendar, type OrganizationCalendar, weekdays } from "@shangji/contracts/calendar/schemas";
import type { CallContext } from "../kit/context.ts";
import { replaceSetting, type Setting } from "../kit/setting.ts";

/** When the organisation works. */
export type Calendars = Setting<OrganizationCalendar>;

const officeHours = [{ from: "09:00", until: "18:00" }];

/** What holds as long as an admin has not decided otherwise: Monday to Friday, nine to six, no holidays. */
export function defaultCalendar(zone: string): OrganizationCalendar {
  return {
    name: { en: "Office hours", "zh-CN": "办公时间" },
    zone,
    hours: Object.fromEntries(weekdays.slice(0, 5).map((weekday) => [weekday, officeHours])),
    holidays: [],
    makeUpDays: [],
    version: 0,
  };
}

/** The calendar as it is now; version 0 is the product's own, in the organisation's zone. */
export async function getCalendar({
  calendars,
  settings,
}: {
  calendars: Calendars;
  settings: { zone: string };
}): Promise<OrganizationCalendar> {
  return (await calendars.get()) ?? defaultCalendar(settings.zone);
}

/** Replaces the calendar. It holds within half a minute. @throws DomainError `stale_version`, `conflict` */
export function putCalendar(
  { calendar, expectedVersion }: { calendar: BusinessCalendar; expectedVersion: number | undefined },
  { calendars, context }: { calendars: Calendars; context: CallContext },
): Promise<OrganizationCalendar> {
  return replaceSetting<OrganizationCalendar>(
    { fields: calendar, expectedVersion },
    { setting: calendars, context, command: "putCalendar" },
  );
}
