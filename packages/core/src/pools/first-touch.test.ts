import fc from "fast-check";
import { expect, test } from "vitest";
import { firstTouchHealth, stepOf, touchSteps } from "./first-touch.ts";

const dayOf = (times: readonly number[]) => ({
  count: times.length,
  seconds: times.reduce((sum, time) => sum + time, 0),
  steps: [...touchSteps, 0].map((_, place) => times.filter((time) => stepOf(time) === place).length),
});

test("B5 a time stands in the first step that it does not go beyond", () => {
  expect([0, 300, 301, 30 * 86_400, 30 * 86_400 + 1].map(stepOf)).toEqual([0, 0, 1, 12, 13]);
});

test("B5 without a first touch there is no time to tell, and what takes longer than all steps has none", () => {
  expect(firstTouchHealth([], 3)).toEqual({ claims: 3, count: 0 });
  const slow = dayOf([60, 40 * 86_400, 40 * 86_400]);
  expect(firstTouchHealth([slow], 3)).toEqual({ claims: 3, count: 3, meanSeconds: (60 + 80 * 86_400) / 3 });
});

test("B5 the mean is that of all times, and median and nine of ten are the ends of the steps that the sorted times have", () => {
  const times = fc.array(fc.integer({ min: 0, max: 30 * 86_400 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(fc.array(times, { minLength: 1, maxLength: 5 }), (days) => {
      const all = days.flat().sort((left, right) => left - right);
      const endAt = (share: number) => touchSteps[stepOf(all[Math.ceil(all.length * share) - 1] ?? 0)];
      expect(firstTouchHealth(days.map(dayOf), 1_000)).toEqual({
        claims: 1_000,
        count: all.length,
        meanSeconds: Math.round(all.reduce((sum, time) => sum + time, 0) / all.length),
        medianWithinSeconds: endAt(0.5),
        p90WithinSeconds: endAt(0.9),
      });
    }),
  );
});
