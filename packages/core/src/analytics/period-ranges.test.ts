import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateAfter } from "./calendar-days.ts";
import { periodRanges } from "./period-ranges.ts";

const days = fc.nat(1_500).map((offset) => dateAfter("2023-01-01", offset));

/** Which runs a date lies in. */
function runsOf(date: string, ranges: ReturnType<typeof periodRanges>) {
  return ranges.filter(({ unit, from, to }) => {
    const period = unit === "month" ? date.slice(0, 7) : date;
    return from <= period && period < to;
  });
}

describe("ranges of periods", () => {
  it("cover each date of the half-open range once, and no other, with at most three runs", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 500 }), fc.array(days, { minLength: 20 }), (from, length, probes) => {
        const to = dateAfter(from, length);
        const ranges = periodRanges(from, to);
        expect(ranges.length).toBeLessThanOrEqual(3);
        for (const date of [...probes, from, to, dateAfter(to, -1), dateAfter(from, -1)]) {
          expect(runsOf(date, ranges)).toHaveLength(from <= date && date < to ? 1 : 0);
        }
      }),
    );
  });

  it("take a whole quarter as three months, and no days", () => {
    expect(periodRanges("2026-01-01", "2026-04-01")).toEqual([{ unit: "month", from: "2026-01", to: "2026-04" }]);
  });

  it("take the days before and after the whole months", () => {
    expect(periodRanges("2025-12-30", "2026-03-02")).toEqual([
      { unit: "day", from: "2025-12-30", to: "2026-01-01" },
      { unit: "month", from: "2026-01", to: "2026-03" },
      { unit: "day", from: "2026-03-01", to: "2026-03-02" },
    ]);
  });

  it("take one run of days when there is no whole month between", () => {
    expect(periodRanges("2026-01-02", "2026-02-27")).toEqual([{ unit: "day", from: "2026-01-02", to: "2026-02-27" }]);
  });

  it("are open where an end is missing", () => {
    expect(runsOf("1999-05-05", periodRanges(undefined, "2026-01-10"))).toHaveLength(1);
    expect(runsOf("2031-05-05", periodRanges("2026-01-10"))).toHaveLength(1);
  });
});
