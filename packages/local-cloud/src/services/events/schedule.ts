import { TemplateError } from "../../template/deployment.ts";

/** A schedule of a rule; times in epoch milliseconds, UTC. */
export interface Schedule {
  /** The first occurrence after an instant; `Infinity` if there is none any more. */
  next(afterMs: number): number;
  /** The last occurrence at or before an instant, and the ones before it, newest first, at most `most`. */
  latest(atMs: number, afterMs: number, most: number): number[];
}

const UNITS_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const MINUTE_MS = 60_000;
/** A cron expression that does not occur within this time does not occur. */
const FAR_MS = 5 * 366 * 86_400_000;

/**
 * Parses `rate(5 minutes)` or `cron(0 10 * * ? *)`. Rates count from the epoch: `rate(1 hour)` is due on the hour,
 * where AWS counts from the rule's creation. Throws a `TemplateError` for an expression which AWS refuses.
 */
export function parseSchedule(expression: string): Schedule {
  const rate = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression);
  if (rate !== null) {
    const [, count = "0", unit = "", plural] = rate;
    if (Number(count) === 0 || (Number(count) === 1) !== (plural === "")) throw wrong(expression);
    return fromRate(Number(count) * (UNITS_MS[unit] ?? 0));
  }
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  if (fields?.length !== 6) throw wrong(expression);
  return fromCron(fields, expression);
}

function fromRate(periodMs: number): Schedule {
  return {
    next: (after) => (Math.floor(after / periodMs) + 1) * periodMs,
    latest(at, after, most) {
      const found: number[] = [];
      for (let due = Math.floor(at / periodMs) * periodMs; due > after && found.length < most; due -= periodMs)
        found.push(due);
      return found;
    },
  };
}

interface CronField {
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

function fromCron(fields: readonly string[], expression: string): Schedule {
  const [minutes = "", hours = "", days = "", months = "", weekdays = "", years = ""] = fields;
  if ((days === "?") === (weekdays === "?")) throw wrong(expression);
  const set = (text: string, field: CronField): ReadonlySet<number> => parseField(text, field, expression);
  const minute = set(minutes, { from: 0, to: 59 });
  const hour = set(hours, { from: 0, to: 23 });
  const month = set(months, { from: 1, to: 12, names: MONTHS });
  const year = set(years, { from: 1970, to: 2199 });
  const onDay = days === "?" ? weekdayTest(weekdays, set) : monthDayTest(days, set);
  const dayDue = (date: Date): boolean =>
    year.has(date.getUTCFullYear()) && month.has(date.getUTCMonth() + 1) && onDay(date);
  const due = (ms: number): boolean => {
    const date = new Date(ms);
    return minute.has(date.getUTCMinutes()) && hour.has(date.getUTCHours()) && dayDue(date);
  };
  const dayMs = UNITS_MS.day ?? 0;
  /** Steps by minutes, but over a whole day at once where the day is not due. */
  const search = (start: number, end: number, step: 1 | -1): number | undefined => {
    for (let at = start; step > 0 ? at <= end : at >= end; at += step * MINUTE_MS) {
      if (due(at)) return at;
      if (dayDue(new Date(at))) continue;
      const midnight = Math.floor(at / dayMs) * dayMs;
      at = step > 0 ? midnight + dayMs - MINUTE_MS : midnight;
    }
    return undefined;
  };
  return {
    next(after) {
      const start = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS;
      return search(start, start + FAR_MS, 1) ?? Number.POSITIVE_INFINITY;
    },
    latest(at, after, most) {
      const found: number[] = [];
      let from: number | undefined = Math.floor(at / MINUTE_MS) * MINUTE_MS;
      while (found.length < most) {
        from = search(from, after + 1, -1);
        if (from === undefined) break;
        found.push(from);
        from -= MINUTE_MS;
      }
      return found;
    },
  };
}

function monthDayTest(
  text: string,
  set: (text: string, field: CronField) => ReadonlySet<number>,
): (date: Date) => boolean {
  const lastOf = (date: Date): number =>
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  if (text === "L") return (date) => date.getUTCDate() === lastOf(date);
  const days = set(text, { from: 1, to: 31 });
  return (date) => days.has(date.getUTCDate());
}

function weekdayTest(
  text: string,
  set: (text: string, field: CronField) => ReadonlySet<number>,
): (date: Date) => boolean {
  const nth = /^(.+)#([1-5])$/.exec(text);
  const days = set(nth?.[1] ?? text, { from: 1, to: 7, names: DAYS });
  const week = nth === null ? undefined : Number(nth[2]);
  return (date) => days.has(date.getUTCDay() + 1) && (week === undefined || Math.ceil(date.getUTCDate() / 7) === week);
}

function parseField(text: string, { from, to, names = [] }: CronField, expression: string): ReadonlySet<number> {
  const found = new Set<number>();
  const number = (word: string): number => {
    const named = names.indexOf(word.toUpperCase());
    const value = named >= 0 ? named + from : Number(word);
    if (!Number.isInteger(value) || value < from || value > to) throw wrong(expression);
    return value;
  };
  for (const part of text.split(",")) {
    const [range = "", step] = part.split("/");
    const [first = "", last] = range.split("-");
    const low = range === "*" ? from : number(first);
    const high = range === "*" || (step !== undefined && last === undefined) ? to : number(last ?? first);
    const by = step === undefined ? 1 : Number(step);
    if (!Number.isInteger(by) || by < 1) throw wrong(expression);
    for (let value = low; value <= high; value += by) found.add(value);
  }
  return found;
}

function wrong(expression: string): TemplateError {
  return new TemplateError(`the local cloud does not understand the schedule ${expression}`);
}
