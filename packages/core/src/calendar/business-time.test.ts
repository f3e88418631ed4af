import type { WeekHours } from "@shangji/contracts/calendar/schemas";
import { BusinessCalendar } from "@shangji/contracts/calendar/schemas";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { addBusinessTime, businessTimeBetween, isWorking, nextWork, workStateAt } from "./business-time.ts";
import { calendarOf, compileCalendar, type OwnTime } from "./work-calendar.ts";

const hour = 3_600_000;
const day = [
  { from: "09:00", until: "12:00" },
  { from: "13:30", until: "18:00" },
];
const weekdays: WeekHours = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day };
const allDay = [{ from: "00:00", until: "24:00" }];
const everyDay: WeekHours = {
  monday: allDay,
  tuesday: allDay,
  wednesday: allDay,
  thursday: allDay,
  friday: allDay,
  saturday: allDay,
  sunday: allDay,
};

/** Mid-autumn and National Day of 2026, with the Sunday and the Saturday that are worked for them. */
const chinese = {
  holidays: [
    { from: "2026-09-25", until: "2026-09-27", name: { en: "Mid-Autumn Festival", "zh-CN": "中秋节" } },
    { from: "2026-10-01", until: "2026-10-07", name: { en: "National Day", "zh-CN": "国庆节" } },
  ],
  makeUpDays: [
    { date: "2026-09-20", hoursOf: "thursday" },
    { date: "2026-10-10", hoursOf: "wednesday" },
  ],
};

function calendar(zone: string, more: object = {}) {
  return compileCalendar(BusinessCalendar.parse({ name: { en: "Sales" }, zone, hours: weekdays, ...more }));
}

const shanghai = calendar("Asia/Shanghai", chinese);
const berlin = calendar("Europe/Berlin");

function at(zone: string, local: string): string {
  return DateTime.fromISO(local, { zone }).toJSDate().toISOString();
}

test.each([
  ["the weekend", "2026-11-06T17:30", "2026-11-09T14:00"],
  ["no weekend: the Saturday is worked for National Day", "2026-10-09T17:30", "2026-10-10T14:00"],
  ["a Saturday: the Sunday is worked", "2026-09-18T17:30", "2026-09-20T14:00"],
  ["National Day, from within it", "2026-10-02T17:30", "2026-10-08T14:30"],
  ["Mid-Autumn, which is a Friday", "2026-09-25T17:30", "2026-09-28T14:30"],
])("B4 a lead of Friday 17:30 with four hours of work is due after %s, in Shanghai", (_name, from, due) => {
  expect(addBusinessTime(at("Asia/Shanghai", from), 4 * hour, shanghai)).toBe(at("Asia/Shanghai", due));
});

test.each([
  ["2026-10-23T15:30:00.000Z", "2026-10-26T13:00:00.000Z"],
  ["2026-03-27T16:30:00.000Z", "2026-03-30T12:00:00.000Z"],
  ["2026-11-06T16:30:00.000Z", "2026-11-09T13:00:00.000Z"],
])(
  "B4 a lead of Friday 17:30 in Berlin, %s, is due on Monday at 14:00, also when clocks change between",
  (from, due) => {
    expect(at("Europe/Berlin", DateTime.fromISO(from, { zone: "Europe/Berlin" }).toFormat("yyyy-MM-dd'T'17:30"))).toBe(
      from,
    );
    expect(addBusinessTime(from, 4 * hour, berlin)).toBe(due);
  },
);

describe("B4 where clocks change", () => {
  const nights = calendar("Europe/Berlin", { hours: { ...everyDay, sunday: [{ from: "00:00", until: "06:00" }] } });

  test("a night is as long as it takes", () => {
    const night = (date: string) =>
      [at("Europe/Berlin", `${date}T00:00`), at("Europe/Berlin", `${date}T12:00`)] as const;
    expect(businessTimeBetween(...night("2026-03-29"), nights)).toBe(5 * hour);
    expect(businessTimeBetween(...night("2026-10-25"), nights)).toBe(7 * hour);
    expect(businessTimeBetween(...night("2026-11-01"), nights)).toBe(6 * hour);
  });

  test("an hour that is left out is not worked, one that comes twice is worked twice", () => {
    const early = calendar("Europe/Berlin", { hours: { sunday: [{ from: "02:15", until: "02:45" }] } });
    expect(nextWork("2026-03-29T00:00:00.000Z", early)).toBe("2026-04-05T00:15:00.000Z");
    expect(businessTimeBetween("2026-10-25T00:00:00.000Z", "2026-10-25T02:00:00.000Z", early)).toBe(hour);
    expect(isWorking("2026-10-25T00:50:00.000Z", early)).toBe(false);
    expect(isWorking("2026-10-25T01:15:00.000Z", early)).toBe(true);
  });

  test("a date that a zone has left out has no work", () => {
    const apia = calendar("Pacific/Apia", { hours: everyDay });
    expect(businessTimeBetween("2011-12-29T10:00:00Z", "2011-12-31T10:00:00Z", apia)).toBe(48 * hour);
  });
});

test("B4 work around the clock is plain time", () => {
  const always = calendar("Europe/Berlin", { hours: everyDay });
  expect(addBusinessTime("2026-10-24T20:00:00.123Z", 30 * hour, always)).toBe("2026-10-26T02:00:00.123Z");
  expect(businessTimeBetween("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", always)).toBe(31 * 24 * hour);
  expect(nextWork("2026-10-24T20:00:00.123Z", always)).toBe("2026-10-24T20:00:00.123Z");
});

test("B4 a deadline lies at the end of work rather than at the next start", () => {
  expect(addBusinessTime(at("Asia/Shanghai", "2026-11-06T17:30"), hour / 2, shanghai)).toBe(
    at("Asia/Shanghai", "2026-11-06T18:00"),
  );
  expect(addBusinessTime("2026-11-07T03:00:00Z", 0, shanghai)).toBe("2026-11-07T03:00:00.000Z");
});

test.each<[string, object, OwnTime]>([
  ["no hours", { hours: {} }, {}],
  ["hours that are all holidays", { holidays: [{ from: "2000-01-01", until: "2099-12-31" }] }, {}],
  ["a person who has no hours", {}, { workingHours: {} }],
  ["a person who is away", {}, { leave: [{ from: "2000-01-01", until: "2099-12-31" }] }],
])("B4 there is an answer for %s: never", (_name, more, own) => {
  const never = calendarOf(own, calendar("Europe/Berlin", more));
  expect(addBusinessTime("2026-11-06T16:30:00Z", 1, never)).toBeUndefined();
  expect(nextWork("2026-11-06T16:30:00Z", never)).toBeUndefined();
  expect(businessTimeBetween("2026-11-06T16:30:00Z", "9999-12-31T00:00:00Z", never)).toBe(0);
});

test("B4 work is looked for within ten years", () => {
  const far = calendar("UTC", { holidays: [{ from: "2025-12-30", until: "2035-12-31" }] });
  expect(nextWork("2026-02-01T00:00:00Z", far)).toBe("2036-01-01T09:00:00.000Z");
  expect(nextWork("2025-12-30T18:00:00Z", far)).toBeUndefined();
});

test("B4 what is no instant or no time is an error, not an answer", () => {
  for (const wrong of ["", "yesterday", "2026-13-01T00:00:00Z"]) {
    expect(() => isWorking(wrong, berlin)).toThrow(RangeError);
    expect(() => businessTimeBetween("2026-01-01T00:00:00Z", wrong, berlin)).toThrow(RangeError);
  }
  for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => addBusinessTime("2026-01-01T00:00:00Z", wrong, berlin)).toThrow(RangeError);
});

describe("H1 a person", () => {
  test("has holidays and make-up days of the organisation, in the own zone and with the own hours", () => {
    const early: WeekHours = { ...weekdays, wednesday: [{ from: "07:00", until: "11:00" }] };
    const person = calendarOf({ zone: "Asia/Tokyo", workingHours: early }, shanghai);
    expect(nextWork("2026-10-09T12:00:00Z", person)).toBe(at("Asia/Tokyo", "2026-10-10T07:00"));
    expect(nextWork(at("Asia/Tokyo", "2026-10-01T09:00"), person)).toBe(at("Asia/Tokyo", "2026-10-08T09:00"));
  });

  test("who is on leave does not work, on make-up days either", () => {
    const person = calendarOf({ leave: [{ from: "2026-10-08", until: "2026-10-10" }] }, shanghai);
    expect(nextWork("2026-10-07T12:00:00Z", person)).toBe(at("Asia/Shanghai", "2026-10-12T09:00"));
    expect(isWorking(at("Asia/Shanghai", "2026-10-12T09:00"), person)).toBe(true);
  });

  test("without anything of the own has the organisation's calendar itself", () => {
    expect(calendarOf({}, shanghai)).toBe(shanghai);
    expect(calendarOf({ leave: [] }, shanghai)).toBe(shanghai);
  });
});

test.each([
  ["2026-10-10T09:00", "working"],
  ["2026-10-10T12:00", "off_hours"],
  ["2026-10-11T09:00", "off_hours"],
  ["2026-10-07T23:59", "holiday"],
  ["2026-10-12T00:00", "leave"],
])("B3 in Shanghai %s is %s", (local, state) => {
  const person = calendarOf({ leave: [{ from: "2026-10-12", until: "2026-10-12" }] }, shanghai);
  expect(workStateAt(at("Asia/Shanghai", local), person)).toBe(state);
});
