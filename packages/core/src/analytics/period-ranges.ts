import { dateAfter } from "./calendar-days.ts";

/** A run of days or of whole months, half-open; days are `YYYY-MM-DD`, months `YYYY-MM`. */
export interface PeriodRange {
  unit: "day" | "month";
  from: string;
  to: string;
}

const beginningOfTime = "0001-01-01";
const endOfTime = "9999-12-01";

/**
 * Splits a half-open range of dates into the days before the first whole month, the whole months and the days after the
 * last one: at most three runs, whatever its length. A missing end is open.
 */
export function periodRanges(from: string = beginningOfTime, to: string = endOfTime): PeriodRange[] {
  if (from >= to) return [];
  const firstMonth = from.endsWith("-01") ? from.slice(0, 7) : monthAfter(from);
  const endMonth = to.slice(0, 7);
  if (firstMonth >= endMonth) return [{ unit: "day", from, to }];
  const ranges: PeriodRange[] = [
    { unit: "day", from, to: `${firstMonth}-01` },
    { unit: "month", from: firstMonth, to: endMonth },
    { unit: "day", from: `${endMonth}-01`, to },
  ];
  return ranges.filter((range) => range.from < range.to);
}

/** The month after a date. 31 days after its first of month the next month has begun, and not yet ended. */
function monthAfter(date: string): string {
  return dateAfter(`${date.slice(0, 7)}-01`, 31).slice(0, 7);
}
