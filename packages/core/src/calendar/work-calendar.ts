import { type BusinessCalendar, type Period, type WeekHours, weekdays } from "@shangji/contracts/calendar/schemas";
import type { User } from "@shangji/contracts/people/schemas";
import { dayLength, type Stretch } from "./zone-offsets.ts";

/** What a calendar says of a date. */
export type DayKind = "leave" | "holiday" | "workday";

/** When somebody works, made fit for arithmetic. Only {@link compileCalendar} and {@link calendarOf} make one. */
export interface WorkCalendar {
  readonly zone: string;
  /** Milliseconds from midnight on the clock, for Monday to Sunday. */
  readonly week: readonly (readonly Stretch[])[];
  /** First and last days, counted from 1970. */
  readonly holidays: readonly Stretch[];
  readonly leave: readonly Stretch[];
  /** Days that are worked anyway, and the place in the week whose hours they have. */
  readonly makeUpDays: ReadonlyMap<number, number>;
  /** Work within days of UTC that have been asked for, as it is worked out once. */
  readonly remembered: Map<number, readonly Stretch[]>;
}

/** What people may have of their own: a zone, hours, and leave. */
export type OwnTime = Pick<User, "zone" | "workingHours" | "leave">;

/** The calendar of an organisation or region, ready for use. Worth keeping: it remembers the days that it has worked out. */
export function compileCalendar({ zone, hours, holidays, makeUpDays }: BusinessCalendar): WorkCalendar {
  return {
    zone,
    week: weekOf(hours),
    holidays: holidays.map(daysOf),
    leave: [],
    makeUpDays: new Map(makeUpDays.map(({ date, hoursOf }) => [dayOf(date), weekdays.indexOf(hoursOf)])),
    remembered: new Map(),
  };
}

/**
 * A person's calendar: that of the organisation or region, with the person's own zone and hours in the place of its own, and
 * leave. Holidays and make-up days stay, as dates in the person's zone and with the person's hours. It is the calendar itself
 * when the person has nothing of the kind.
 */
export function calendarOf(person: OwnTime, calendar: WorkCalendar): WorkCalendar {
  const { zone, workingHours, leave = [] } = person;
  if (zone === undefined && workingHours === undefined && leave.length === 0) return calendar;
  return {
    ...calendar,
    zone: zone ?? calendar.zone,
    week: workingHours ? weekOf(workingHours) : calendar.week,
    leave: leave.map(daysOf),
    remembered: new Map(),
  };
}

/** What a date is, counted in days from 1970, and its hours. Leave comes before make-up days, and these before holidays. */
export function dayIn(calendar: WorkCalendar, day: number): { kind: DayKind; hours: readonly Stretch[] } {
  if (isWithin(calendar.leave, day)) return { kind: "leave", hours: none };
  const madeUp = calendar.makeUpDays.get(day);
  if (madeUp === undefined && isWithin(calendar.holidays, day)) return { kind: "holiday", hours: none };
  return { kind: "workday", hours: calendar.week[madeUp ?? placeInWeek(day)] ?? none };
}

const none: readonly Stretch[] = [];

function weekOf(hours: WeekHours): readonly (readonly Stretch[])[] {
  return weekdays.map((weekday) =>
    (hours[weekday] ?? []).map(({ from, until }) => ({ from: timeOfDay(from), until: timeOfDay(until) })),
  );
}

function timeOfDay(text: string): number {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return (hours * 60 + minutes) * 60_000;
}

function daysOf({ from, until }: Period): Stretch {
  return { from: dayOf(from), until: dayOf(until) };
}

function dayOf(date: string): number {
  return Date.parse(date) / dayLength;
}

/** 1970 began with a Thursday. */
function placeInWeek(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Periods are in order, so the only one that can hold a day is the last that has begun. */
function isWithin(periods: readonly Stretch[], day: number): boolean {
  let [low, high] = [0, periods.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((periods[middle]?.from ?? 0) <= day) low = middle + 1;
    else high = middle;
  }
  return day <= (periods[low - 1]?.until ?? Number.NEGATIVE_INFINITY);
}
