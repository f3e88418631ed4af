import * as z from "zod";
import { CalendarDate } from "../kit/primitives.ts";

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

/** Wall-clock working hours of a week; a day that is missing has none. */
export const WeekHours = z.strictObject({
  monday: DayHours.optional(),
  tuesday: DayHours.optional(),
  wednesday: DayHours.optional(),
  thursday: DayHours.optional(),
  friday: DayHours.optional(),
  saturday: DayHours.optional(),
  sunday: DayHours.optional(),
});
export type WeekHours = z.infer<typeof WeekHours>;

/** Whole days, the first and the last one included. */
export const Period = z
  .strictObject({ from: CalendarDate, until: CalendarDate })
  .refine(({ from, until }) => from <= until, "from must not be after until");

/** Periods in order and apart from each other. */
export const Periods = z
  .array(Period)
  .max(100)
  .refine((periods) => isApart(periods, (left, right) => left.until < right.from), "must be in order and not overlap");

function isApart<T>(items: readonly T[], precedes: (left: T, right: T) => boolean): boolean {
  return items.every((item, index) => {
    const before = items[index - 1];
    return before === undefined || precedes(before, item);
  });
}
