import fc from "fast-check";
import { DateTime } from "luxon";
import { expect, test } from "vitest";
import { periodStart } from "./period-start.ts";

const units = ["day", "week", "month", "quarter", "year"] as const;

test("A4 a period begins where the calendar says", () => {
  const date = fc.date({ min: new Date("1970-01-01"), max: new Date("2200-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(date, fc.constantFrom(...units), fc.integer({ min: -1_000, max: 1_000 }), (at, start, offset) => {
      const today = at.toISOString().slice(0, 10);
      const begun = DateTime.fromISO(today, { zone: "utc" }).startOf(start);
      expect(periodStart(today, { start, offset })).toBe(begun.plus({ [`${start}s`]: offset }).toISODate());
    }),
    { numRuns: 2_000 },
  );
});

test("A4 there is no day after the last one", () => {
  expect(periodStart("9999-12-31", { start: "day", offset: 1 })).toBe("9999-12-31");
});
