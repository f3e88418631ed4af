import type { PoolHealth } from "@shangji/contracts/pools/schemas";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Ends of the steps by which times from a claim to its first touch are counted, in seconds: so any number of claims is a few
 * numbers, whose sum is exact and whose percentiles are known to a step. What takes longer than the last is beyond them all.
 */
export const touchSteps: readonly number[] = [
  5 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  8 * hour,
  day,
  2 * day,
  3 * day,
  7 * day,
  14 * day,
  30 * day,
];

/** Claims of one day that were followed up: how many, the sum of their times, and how many in each step, the last being what is beyond. */
export interface TouchCounts {
  count: number;
  seconds: number;
  steps: readonly number[];
}

/** The place of a time among the steps. */
export function stepOf(seconds: number): number {
  const place = touchSteps.findIndex((end) => seconds <= end);
  return place === -1 ? touchSteps.length : place;
}

/** What days of claims come to. `claims` are all of them, followed up or not. */
export function firstTouchHealth(days: readonly TouchCounts[], claims: number): PoolHealth["firstTouch"] {
  const count = sum(days.map((each) => each.count));
  if (count === 0) return { count, claims };
  const steps = [...touchSteps, Number.POSITIVE_INFINITY].map((_, place) =>
    sum(days.map((each) => each.steps[place] ?? 0)),
  );
  return {
    count,
    claims,
    meanSeconds: Math.round(sum(days.map((each) => each.seconds)) / count),
    ...within("medianWithinSeconds", steps, count / 2),
    ...within("p90WithinSeconds", steps, count * 0.9),
  };
}

/** The first step by whose end so many had been followed up; none when that is beyond them all. */
function within<N extends string>(name: N, steps: readonly number[], wanted: number): Partial<Record<N, number>> {
  let reached = 0;
  for (const [place, end] of touchSteps.entries()) {
    reached += steps[place] ?? 0;
    if (reached >= wanted) return { [name]: end } as Record<N, number>; // the one name that was given
  }
  return {};
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
