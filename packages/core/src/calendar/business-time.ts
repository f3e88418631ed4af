import { type DayKind, dayIn, type WorkCalendar } from "./work-calendar.ts";
import { workWithin } from "./work-within.ts";
import { dayLength, offsetStretches, type Stretch } from "./zone-offsets.ts";

/** How far work is looked for: ten years. */
const horizon = 3_653 * dayLength;

/** Whether somebody works at an instant. @throws RangeError when there is no such instant */
export function isWorking(instant: string, calendar: WorkCalendar): boolean {
  const time = timeOf(instant);
  return workWithin(calendar, dayAt(time)).some(({ from, until }) => from <= time && time < until);
}

/** Why somebody works at an instant or does not; `off_hours` is a day of work outside of its hours. */
export type WorkState = "working" | "off_hours" | Exclude<DayKind, "workday">;

/** What an instant is in a calendar. @throws RangeError when there is no such instant */
export function workStateAt(instant: string, calendar: WorkCalendar): WorkState {
  if (isWorking(instant, calendar)) return "working";
  const time = timeOf(instant);
  const part = offsetStretches(calendar.zone, dayAt(time)).find(({ until }) => time < until);
  const { kind } = dayIn(calendar, dayAt(time + (part?.offset ?? 0)));
  return kind === "workday" ? "off_hours" : kind;
}

/**
 * The first instant, in UTC, by which somebody has worked so many milliseconds from an instant on: the end of a day rather
 * than the start of the next one. Undefined when the calendar has not that much work within ten years.
 * @throws RangeError when there is no such instant, or the time is negative or endless
 */
export function addBusinessTime(from: string, milliseconds: number, calendar: WorkCalendar): string | undefined {
  if (!(milliseconds >= 0 && milliseconds < Number.POSITIVE_INFINITY))
    throw new RangeError(`${milliseconds} ms cannot be added`);
  const start = timeOf(from);
  if (milliseconds === 0) return new Date(start).toISOString();
  let left = milliseconds;
  for (const stretch of workFrom(start, calendar)) {
    const length = stretch.until - stretch.from;
    if (left <= length) return new Date(stretch.from + left).toISOString();
    left -= length;
  }
  return undefined;
}

/**
 * The first instant from this one on, in UTC, at which somebody works; undefined when nobody will within ten years.
 * @throws RangeError when there is no such instant
 */
export function nextWork(from: string, calendar: WorkCalendar): string | undefined {
  for (const stretch of workFrom(timeOf(from), calendar)) return new Date(stretch.from).toISOString();
  return undefined;
}

/**
 * Milliseconds that somebody works from one instant up to another, none when that is not later. Only the first ten years count.
 * @throws RangeError when there is no such instant
 */
export function businessTimeBetween(from: string, to: string, calendar: WorkCalendar): number {
  const end = timeOf(to);
  let sum = 0;
  for (const stretch of workFrom(timeOf(from), calendar, end)) sum += stretch.until - stretch.from;
  return sum;
}

/** Work in order, from an instant up to another or the horizon. */
function* workFrom(start: number, calendar: WorkCalendar, end = Number.POSITIVE_INFINITY): Generator<Stretch> {
  // Looking through ten years takes milliseconds, and people without hours are no rarity.
  if (calendar.week.every((day) => day.length === 0)) return;
  const last = Math.min(end, start + horizon);
  for (let day = dayAt(start); day * dayLength < last; day += 1) {
    for (const stretch of workWithin(calendar, day)) {
      const from = Math.max(stretch.from, start);
      const until = Math.min(stretch.until, last);
      if (from < until) yield { from, until };
    }
  }
}

function dayAt(time: number): number {
  return Math.floor(time / dayLength);
}

/** An invalid one would be a time that is never reached. */
function timeOf(instant: string): number {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) throw new RangeError(`${instant} is no instant`);
  return time;
}
