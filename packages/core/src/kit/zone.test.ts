import { expect, test } from "vitest";
import { dateIn, startOf } from "./zone.ts";

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
