import * as z from "zod";
import { CalendarDate, LocalizedText, recordFields } from "../kit/primitives.ts";

/** Zone of the IANA database, such as Asia/Shanghai. */
export const TimeZone = z
  .string()
  .max(60)
  .refine(isTimeZone, "must be an IANA time zone")
  .meta({ description: "IANA time zone", example: "Asia/Shanghai" });

/** Offsets such as +08:00, which the engine takes too, know no summer time. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Z]/i.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Wall-clock time to the minute; 24:00 ends a day. */
export const TimeOfDay = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "must be HH:MM, at most 24:00")
  .meta({ example: "09:00" });

/** A stretch of one day, from `from` up to, not including, `until`. Work past midnight is one on each of two days. */
export const WorkInterval = z
  .strictObject({ from: TimeOfDay, until: TimeOfDay })
  .refine(({ from, until }) => from < until, "from must be before until");

/** The stretches of one day, in order and apart from each other; touching ones are allowed. */
export const DayHours = z
  .array(WorkInterval)
  .max(6)
  .refine((day) => isApart(day, (left, right) => left.until <= right.from), "must be in order and not overlap");

/** In the order of the ISO week. */
export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export const Weekday = z.enum(weekdays);
export type Weekday = z.infer<typeof Weekday>;

/** Wall-clock working hours of a week; a day that is missing has none. */
export const WeekHours = z.strictObject({
  monday: DayHours.optional(),
  tuesday: DayHours.optional(),
  wednesday: DayHours.optional(),
  thursday: DayHours.optional(),
  friday: DayHours.optional(),
  saturday: DayHours.optional(),
  sunday: DayHours.optional(),
} satisfies Record<Weekday, unknown>);
export type WeekHours = z.infer<typeof WeekHours>;

const days = { from: CalendarDate, until: CalendarDate };

/** Whole days, the first and the last one included. */
export const Period = z.strictObject(days).refine(({ from, until }) => from <= until, "from must not be after until");
export type Period = z.infer<typeof Period>;

/** Periods in order and apart from each other. */
export const Periods = z
  .array(Period)
  .max(100)
  .refine((periods) => isApart(periods, (left, right) => left.until < right.from), "must be in order and not overlap");

/** Days on which nobody works, and what they are called. */
const Holiday = z
  .strictObject({ ...days, name: LocalizedText.optional() })
  .refine(({ from, until }) => from <= until, "from must not be after until");

/** A day that is worked whatever the week and the holidays say (调休), with the hours of a day of the week. */
const MakeUpDay = z.strictObject({
  date: CalendarDate,
  hoursOf: Weekday.meta({ description: "The weekday whose hours are worked" }),
  name: LocalizedText.optional(),
});

/** What ten years of a country with many holidays need. */
const mostDays = 200;

/** When an organisation or a region of it works. People may have a zone, hours and leave of their own. */
export const BusinessCalendar = z.strictObject({
  name: LocalizedText,
  zone: TimeZone,
  hours: WeekHours,
  holidays: z
    .array(Holiday)
    .max(mostDays)
    .refine((all) => isApart(all, (left, right) => left.until < right.from), "must be in order and not overlap")
    .default([]),
  makeUpDays: z
    .array(MakeUpDay)
    .max(mostDays)
    .refine((all) => isApart(all, (left, right) => left.date < right.date), "must be in order and not overlap")
    .default([]),
});
export type BusinessCalendar = z.infer<typeof BusinessCalendar>;

/** The organisation's own; version 0 is the product's, as long as nobody has changed it. */
export const OrganizationCalendar = z
  .object({ ...BusinessCalendar.shape, ...recordFields, version: z.int().min(0) })
  .partial({ createdAt: true, updatedAt: true });
export type OrganizationCalendar = z.infer<typeof OrganizationCalendar>;

function isApart<T>(items: readonly T[], precedes: (left: T, right: T) => boolean): boolean {
  return items.every((item, index) => {
    const before = items[index - 1];
    return before === undefined || precedes(before, item);
  });
}
