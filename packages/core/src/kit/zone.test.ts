import fc from "fast-check";
import { DateTime } from "luxon";
import { expect, test } from "vitest";
import { dateIn, instantOf, startOf } from "./zone.ts";

test("an instant has the calendar date of the zone", () => {
  expect(dateIn("Asia/Shanghai", "2026-11-01T16:00:00.000Z")).toBe("2026-11-02");
  expect(dateIn("Asia/Shanghai", "2026-11-01T15:59:59.999Z")).toBe("2026-11-01");
  expect(dateIn("UTC", "2026-11-01T23:59:59.999Z")).toBe("2026-11-01");
  expect(dateIn("America/New_York", "2026-11-02")).toBe("2026-11-02");
});

test("a date begins at midnight of the zone, also on days of a clock change", () => {
  expect(startOf("Asia/Shanghai", "2026-11-02")).toBe("2026-11-01T16:00:00.000Z");
  expect(startOf("Europe/Berlin", "2026-03-29")).toBe("2026-03-28T23:00:00.000Z");
  expect(startOf("Europe/Berlin", "2026-03-30")).toBe("2026-03-29T22:00:00.000Z");
  // Midnight is left out, and comes twice.
  expect(startOf("America/Sao_Paulo", "2018-11-04")).toBe("2018-11-04T03:00:00.000Z");
  expect(startOf("America/Havana", "2026-11-01")).toBe("2026-11-01T04:00:00.000Z");
  expect(startOf("UTC", "2026-11-02T01:00:00+02:00")).toBe("2026-11-01T23:00:00.000Z");
});

test("a time of day that comes twice is the first, and one that is left out is moved on", () => {
  const halfPastTwo = { hour: 2, minute: 30, second: 0 };
  expect(instantOf("Europe/Berlin", "2026-10-25", halfPastTwo)).toBe("2026-10-25T00:30:00.000Z");
  expect(instantOf("Europe/Berlin", "2026-03-29", halfPastTwo)).toBe("2026-03-29T01:30:00.000Z");
  expect(instantOf("America/New_York", "2026-11-01", { ...halfPastTwo, hour: 1 })).toBe("2026-11-01T05:30:00.000Z");
  expect(instantOf("Asia/Shanghai", "2026-10-25", halfPastTwo)).toBe("2026-10-24T18:30:00.000Z");
});

test.each(["+05:30", "+0530"])("an offset is written %s", (offset) => {
  expect(instantOf(offset, "2026-10-25", { hour: 2, minute: 30, second: 1 })).toBe("2026-10-24T21:00:01.000Z");
});

test("times of day are those of another library", () => {
  const zone = fc.constantFrom(
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Havana",
  );
  const time = fc.record({ hour: fc.nat(23), minute: fc.nat(59), second: fc.nat(59) });
  const day = fc.date({ min: new Date("1970-01-02"), max: new Date("2037-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(zone, day, time, (zone, day, time) => {
      const date = day.toISOString().slice(0, 10);
      expect(instantOf(zone, date, time)).toBe(DateTime.fromISO(date, { zone }).set(time).toUTC().toISO());
    }),
  );
});
