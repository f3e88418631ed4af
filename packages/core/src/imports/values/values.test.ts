import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDate, parseInstant } from "./dates.ts";
import { parseInteger, parseMillions } from "./numbers.ts";

test("A6 dates are read in ISO form with any separator, and in Chinese", () => {
  for (const text of [
    "2026-11-25",
    "2026/11/25",
    "2026.11.25",
    "2026年11月25日",
    "２０２６-１１-２５",
    "2026-11-25T10:20:30Z",
  ]) {
    expect(parseDate(text, "iso"), text).toBe("2026-11-25");
  }
  expect(parseDate("2026/1/5", "iso")).toBe("2026-01-05");
});

test("A6 US dates are read as month, day, year, and only when the import says so", () => {
  expect(parseDate("3/4/2017", "us")).toBe("2017-03-04");
  expect(parseDate("12/31/2017", "us")).toBe("2017-12-31");
  expect(parseDate("3/4/2017", "iso")).toBeUndefined();
  expect(parseDate("31/12/2017", "us")).toBeUndefined();
});

test("A6 days that no calendar has, and texts that are no dates, are refused", () => {
  const wrong = [
    "2026-02-30",
    "2025-02-29",
    "2026-13-01",
    "2026-00-10",
    "0001-01-01",
    "9999-01-01",
    "soon",
    "20261125",
    "",
  ];
  for (const text of [...wrong, "2026-11-25x", "2026-11-25 25:00", "2026-11-25 10:61"]) {
    expect(parseDate(text, "iso"), text).toBeUndefined();
  }
  expect(parseDate("2024-02-29", "iso")).toBe("2024-02-29");
});

test("A6 a date means midnight in the organisation's zone, also where the clock has no midnight that day", () => {
  expect(parseInstant("2026-11-25", "iso", "Asia/Shanghai")).toBe("2026-11-24T16:00:00.000Z");
  expect(parseInstant("11/25/2026", "us", "America/New_York")).toBe("2026-11-25T05:00:00.000Z");
  expect(parseInstant("2018-11-04", "iso", "America/Sao_Paulo")).toBe("2018-11-04T03:00:00.000Z");
});

test("A6 a time of day is in the zone unless it names its offset", () => {
  expect(parseInstant("2026-11-25 09:30", "iso", "Asia/Shanghai")).toBe("2026-11-25T01:30:00.000Z");
  expect(parseInstant("2026-11-25T09:30:15.250Z", "iso", "Asia/Shanghai")).toBe("2026-11-25T09:30:15.000Z");
  expect(parseInstant("2026-11-25T09:30+02:00", "iso", "Asia/Shanghai")).toBe("2026-11-25T07:30:00.000Z");
  expect(parseInstant("11/25/2026 1:05 PM", "us", "UTC")).toBe("2026-11-25T13:05:00.000Z");
  expect(parseInstant("11/25/2026 12:05 am", "us", "UTC")).toBe("2026-11-25T00:05:00.000Z");
});

test("A6 every day comes back as it was written", () => {
  const day = fc.date({ min: new Date("1900-01-01"), max: new Date("2200-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(day, (date) => {
      const iso = date.toISOString().slice(0, 10);
      const [year, month, rest] = iso.split("-");
      expect(parseDate(iso, "iso")).toBe(iso);
      expect(parseDate(`${Number(month)}/${Number(rest)}/${year}`, "us")).toBe(iso);
    }),
  );
});

test("A6 whole numbers may carry separators and full-width digits; fractions and signs are refused", () => {
  expect(parseInteger("2,822")).toBe(2822);
  expect(parseInteger("２ ８２２")).toBe(2822);
  expect(parseInteger("12.0")).toBe(12);
  for (const text of ["12.5", "-3", "1e3", "many", "", "9999999999999999"])
    expect(parseInteger(text), text).toBeUndefined();
});

test("A6 millions become minor units exactly", () => {
  expect(parseMillions("1100.04", "USD")).toBe(110_004_000_000);
  expect(parseMillions("0.00000001", "USD")).toBe(1);
  expect(parseMillions("1,242.32", "JPY")).toBe(1_242_320_000);
  expect(parseMillions("7", "USD")).toBe(700_000_000);
  for (const text of ["0.000000001", "1.2.3", "abc", "-1", ""])
    expect(parseMillions(text, "USD"), text).toBeUndefined();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 13 }), (minor) => {
      const digits = String(minor).padStart(9, "0");
      expect(parseMillions(`${digits.slice(0, -8)}.${digits.slice(-8)}`, "USD")).toBe(minor);
    }),
  );
});
