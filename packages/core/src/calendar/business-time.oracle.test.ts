import { BusinessCalendar, type WeekHours, weekdays } from "@shangji/contracts/calendar/schemas";
import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { addBusinessTime, businessTimeBetween, isWorking, nextWork } from "./business-time.ts";
import { calendarOf, compileCalendar, type OwnTime } from "./work-calendar.ts";

const minute = 60_000;

/** Looks at the clock on the wall, minute by minute, and has nothing of what the product makes of a calendar. */
class Oracle {
  private readonly known = new Map<number, boolean>();

  private readonly calendar: BusinessCalendar;
  private readonly person: OwnTime;

  constructor(calendar: BusinessCalendar, person: OwnTime) {
    this.calendar = calendar;
    this.person = person;
  }

  works(time: number): boolean {
    const known = this.known.get(time);
    if (known !== undefined) return known;
    const works = this.looks(time);
    this.known.set(time, works);
    return works;
  }

  private looks(time: number): boolean {
    const { calendar, person } = this;
    const wall = DateTime.fromMillis(time, { zone: person.zone ?? calendar.zone });
    const [date = "", clock = ""] = (wall.toISO() ?? "").slice(0, 16).split("T");
    const holds = (period: { from: string; until: string }) => period.from <= date && date <= period.until;
    if (person.leave?.some(holds)) return false;
    const madeUp = calendar.makeUpDays.find((each) => each.date === date);
    if (!madeUp && calendar.holidays.some(holds)) return false;
    const hours = (person.workingHours ?? calendar.hours)[madeUp?.hoursOf ?? weekdays[wall.weekday - 1] ?? "monday"];
    return (hours ?? []).some(({ from, until }) => from <= clock && clock < until);
  }

  between(from: number, to: number): number {
    let minutes = 0;
    for (let time = from; time < to; time += minute) if (this.works(time)) minutes += 1;
    return minutes;
  }

  /** The time by which so many minutes are worked, or undefined when it is not before `end`. */
  after(from: number, minutes: number, end: number): number | undefined {
    let left = minutes;
    let time = from;
    for (; left > 0 && time < end; time += minute) if (this.works(time)) left -= 1;
    return left > 0 ? undefined : time;
  }
}

const office = [
  { from: "09:00", until: "12:00" },
  { from: "13:30", until: "18:00" },
];
const night = [
  { from: "00:00", until: "02:30" },
  { from: "02:45", until: "05:50" },
  { from: "22:00", until: "24:00" },
];
const officeHours: WeekHours = { monday: office, tuesday: office, wednesday: office, thursday: office, friday: office };
const nightHours: WeekHours = { ...officeHours, saturday: night, sunday: night, monday: night };

/** National Day and what is worked for it; that of 2027 is made up as it usually is. */
const chinese = {
  holidays: [
    { from: "2026-09-25", until: "2026-09-27" },
    { from: "2026-10-01", until: "2026-10-07" },
    { from: "2027-10-01", until: "2027-10-07" },
  ],
  makeUpDays: [
    { date: "2026-09-20", hoursOf: "thursday" },
    { date: "2026-10-10", hoursOf: "wednesday" },
    { date: "2027-09-26", hoursOf: "monday" },
    { date: "2027-10-09", hoursOf: "tuesday" },
  ],
};

const places: [zone: string, around: string[], hours: WeekHours, more?: object][] = [
  ["Asia/Shanghai", ["2026-09-30", "2027-10-02"], officeHours, chinese],
  ["Europe/Berlin", ["2026-03-29", "2026-10-25"], officeHours],
  ["Europe/Berlin", ["2026-03-29", "2026-10-25"], nightHours],
  ["Asia/Kolkata", ["2026-08-15"], officeHours, { holidays: [{ from: "2026-08-15", until: "2026-08-16" }] }],
  ["America/St_Johns", ["2026-03-08", "2010-11-07"], nightHours],
  ["Australia/Lord_Howe", ["2026-04-05", "2026-10-04"], nightHours],
  ["America/Havana", ["2026-03-08", "2026-11-01"], nightHours],
  ["America/Sao_Paulo", ["2018-02-18", "2018-11-04"], nightHours],
  ["Pacific/Apia", ["2011-12-30"], nightHours],
];

/** Minutes of the days around a date. */
function minutesAround(date: string, days: number): fc.Arbitrary<number> {
  return fc.integer({ min: -days * 1_440, max: days * 1_440 }).map((away) => Date.parse(date) + away * minute);
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

describe.each(places)("B4 business time in %s around %s", (zone, around, hours, more) => {
  const calendar = BusinessCalendar.parse({ name: { en: "Sales" }, zone, hours, ...more });
  const compiled = compileCalendar(calendar);
  const oracle = new Oracle(calendar, {});
  const start = fc.oneof(...around.map((date) => minutesAround(date, more === undefined ? 2 : 9)));

  test("is added as minutes on the wall are counted", () => {
    fc.assert(
      fc.property(start, fc.nat(16 * 60), (from, minutes) => {
        const expected = oracle.after(from, minutes, from + 60 * 1_440 * minute);
        expect(addBusinessTime(iso(from), minutes * minute, compiled)).toBe(expected && iso(expected));
      }),
      { numRuns: 300 },
    );
  });

  test("between two instants is the minutes on the wall", () => {
    fc.assert(
      fc.property(start, fc.nat(4 * 1_440), (from, minutes) => {
        const to = from + minutes * minute;
        expect(businessTimeBetween(iso(from), iso(to), compiled)).toBe(oracle.between(from, to) * minute);
        expect(businessTimeBetween(iso(to), iso(from), compiled)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test("is worked when the wall says so, and next when it says so first", () => {
    fc.assert(
      fc.property(start, (time) => {
        expect(isWorking(iso(time), compiled)).toBe(oracle.works(time));
        const next = oracle.after(time, 1, time + 60 * 1_440 * minute) ?? 0;
        expect(nextWork(iso(time), compiled)).toBe(iso(next - minute));
      }),
      { numRuns: 300 },
    );
  });
});

/** Hours between any quarters of an hour; touching ones too. */
const anyDay = fc.uniqueArray(fc.nat(96), { maxLength: 6 }).map((quarters) => {
  const times = quarters.sort((left, right) => left - right).map(clockAt);
  const isTouching = quarters.length % 2 === 1;
  return times.flatMap((from, index) => {
    const until = times[index + 1];
    return until && (isTouching || index % 2 === 0) ? [{ from, until }] : [];
  });
});

function clockAt(quarters: number): string {
  return `${String(Math.floor(quarters / 4)).padStart(2, "0")}:${String((quarters % 4) * 15).padStart(2, "0")}`;
}

const anyWeek = fc.record(Object.fromEntries(weekdays.map((weekday) => [weekday, anyDay])), { requiredKeys: [] });
const dates = ["2026-10-22", "2026-10-23", "2026-10-24", "2026-10-25", "2026-10-26", "2026-10-27"];
const anyPeriods = fc
  .subarray(dates, { maxLength: 2 })
  .map(([from, until]) => (from && until ? [{ from, until }] : []));
const anyZone = fc.constantFrom("Europe/Berlin", "Asia/Shanghai", "Asia/Kathmandu", "America/New_York");

test("B4 any hours, holidays, make-up days and any person's own time are counted as on the wall", () => {
  const anyCalendar = fc.record({
    name: fc.constant({ en: "Any" }),
    zone: anyZone,
    hours: anyWeek,
    holidays: anyPeriods,
    makeUpDays: fc
      .subarray(dates, { maxLength: 2 })
      .chain((days) =>
        fc.tuple(...days.map((date) => fc.record({ date: fc.constant(date), hoursOf: fc.constantFrom(...weekdays) }))),
      ),
  });
  const anyPerson = fc.record({ zone: anyZone, workingHours: anyWeek, leave: anyPeriods }, { requiredKeys: [] });
  const span = fc.tuple(minutesAround("2026-10-24", 3), fc.nat(900));
  let worked = 0;
  fc.assert(
    fc.property(anyCalendar, anyPerson, span, (data, person, [from, minutes]) => {
      const calendar = BusinessCalendar.parse(data);
      const compiled = calendarOf(person as OwnTime, compileCalendar(calendar)); // optional keys are left out, never undefined
      const oracle = new Oracle(calendar, person as OwnTime);
      const to = from + minutes * minute;
      const expected = oracle.between(from, to);
      expect(businessTimeBetween(iso(from), iso(to), compiled)).toBe(expected * minute);
      expect(isWorking(iso(from), compiled)).toBe(oracle.works(from));
      if (expected === 0) return;
      worked += 1;
      const end = oracle.after(from, expected, to) ?? 0;
      expect(addBusinessTime(iso(from), expected * minute, compiled)).toBe(iso(end));
    }),
    { numRuns: 300 },
  );
  // About 106 of 300, give or take 9: so few would be no chance.
  expect(worked).toBeGreaterThan(40);
});

test("B4 to the millisecond, adding is the earliest time by which so much is worked", () => {
  const [zone, , hours, more] = places[0] ?? [];
  const compiled = compileCalendar(BusinessCalendar.parse({ name: { en: "Sales" }, zone, hours, ...more }));
  const start = fc.date({ min: new Date("2026-01-01"), max: new Date("2028-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(start, fc.integer({ min: 1, max: 40 * 60 * minute }), (date, milliseconds) => {
      const from = date.toISOString();
      const due = addBusinessTime(from, milliseconds, compiled) ?? "";
      expect(businessTimeBetween(from, due, compiled)).toBe(milliseconds);
      expect(businessTimeBetween(from, iso(Date.parse(due) - 1), compiled)).toBe(milliseconds - 1);
    }),
    { numRuns: 500 },
  );
});
