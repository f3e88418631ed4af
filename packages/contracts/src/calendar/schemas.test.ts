import { expect, test } from "vitest";
import { BusinessCalendar } from "./schemas.ts";

const calendar = {
  name: { en: "China", "zh-CN": "中国" },
  zone: "Asia/Shanghai",
  hours: { monday: [{ from: "09:00", until: "12:00" }] },
  holidays: [
    { from: "2026-10-01", until: "2026-10-07", name: { en: "National Day" } },
    { from: "2027-01-01", until: "2027-01-01" },
  ],
  makeUpDays: [
    { date: "2026-09-20", hoursOf: "thursday" },
    { date: "2026-10-10", hoursOf: "wednesday" },
  ],
};

test("B4 a calendar has hours, holidays and make-up days, or hours alone", () => {
  expect(BusinessCalendar.parse(calendar)).toEqual(calendar);
  const { holidays: _, makeUpDays: __, ...plain } = calendar;
  expect(BusinessCalendar.parse(plain)).toEqual({ ...plain, holidays: [], makeUpDays: [] });
});

const faults: [name: string, change: object, path: string, message: RegExp][] = [
  ["no zone", { zone: "Shanghai" }, "zone", /IANA/],
  [
    "holidays that overlap",
    { holidays: calendar.holidays.map((each) => ({ ...each, from: "2026-10-01" })) },
    "holidays",
    /overlap/,
  ],
  [
    "a holiday that ends before it begins",
    { holidays: [{ from: "2026-10-02", until: "2026-10-01" }] },
    "holidays.0",
    /after until/,
  ],
  ["a make-up day twice", { makeUpDays: [calendar.makeUpDays[0], calendar.makeUpDays[0]] }, "makeUpDays", /overlap/],
  ["make-up days out of order", { makeUpDays: calendar.makeUpDays.toReversed() }, "makeUpDays", /in order/],
  [
    "a make-up day of no weekday",
    { makeUpDays: [{ date: "2026-10-10", hoursOf: "friyay" }] },
    "makeUpDays.0.hoursOf",
    /option/,
  ],
  ["a day that there is not", { makeUpDays: [{ date: "2026-02-30", hoursOf: "friday" }] }, "makeUpDays.0.date", /date/],
  ["no name", { name: {} }, "name.en", /string/],
  [
    "more holidays than anybody has",
    { holidays: Array.from({ length: 201 }, (_, day) => dayOff(day)) },
    "holidays",
    /200/,
  ],
];

function dayOff(day: number) {
  const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
  return { from: date, until: date };
}

test.each(faults)("B4 a calendar with %s is refused", (_name, change, path, message) => {
  const { error } = BusinessCalendar.safeParse({ ...calendar, ...change });
  expect(error?.issues).toEqual([expect.objectContaining({ message: expect.stringMatching(message) })]);
  expect(error?.issues[0]?.path.join(".")).toBe(path);
});
