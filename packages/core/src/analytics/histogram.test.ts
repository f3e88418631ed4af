import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ratio, statisticsOf, wholeMean } from "./histogram.ts";

/** The definitions, word for word, on a sorted list. */
function naive(durations: readonly number[]) {
  const sorted = durations.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return {
    mean: sorted.reduce((total, days) => total + days, 0) / sorted.length,
    median: Number.isInteger(middle) ? (at(middle - 1) + at(middle)) / 2 : at(Math.floor(middle)),
    p90: at(Math.ceil((9 * sorted.length) / 10) - 1),
  };
}

describe("statistics of a histogram", () => {
  it("equal those of the list of durations", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(730), { minLength: 1, maxLength: 60 }), (durations) => {
        const histogram = new Map<number, number>();
        for (const days of durations) histogram.set(days, (histogram.get(days) ?? 0) + 1);
        const total = durations.reduce((days, more) => days + more, 0);
        expect(statisticsOf(histogram, total)).toEqual(naive(durations));
      }),
    );
  });

  it("are null without any duration", () => {
    expect(statisticsOf(new Map(), 0)).toEqual({ mean: null, median: null, p90: null });
    expect(statisticsOf(new Map([[3, 0]]), 0)).toEqual({ mean: null, median: null, p90: null });
  });
});

describe("ratios", () => {
  it("are null when there is nothing to divide by", () => {
    expect(ratio(1, 4)).toBe(0.25);
    expect(ratio(0, 0)).toBeNull();
    expect(wholeMean(10, 4)).toBe(3);
    expect(wholeMean(0, 0)).toBeNull();
  });
});
