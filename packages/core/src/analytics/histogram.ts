import { type Count, roundedRatio } from "./count.ts";

/** Durations in whole days: how many of each. The bin above the longest exact duration holds all longer ones. */
export type Histogram = ReadonlyMap<number, Count>;

export interface DurationStatistics {
  mean: number | null;
  median: number | null;
  p90: number | null;
}

/**
 * Statistics of durations. The median is the mean of the middle two of an even number, p90 the nearest rank; both are
 * exact to the day within the histogram. The mean comes from the exact sum of days.
 */
export function statisticsOf(histogram: Histogram, totalDays: Count): DurationStatistics {
  const bins = [...histogram]
    .map(([day, count]) => ({ day, count: Number(count) }))
    .filter(({ count }) => count > 0)
    .sort((left, right) => left.day - right.day);
  const number = bins.reduce((total, { count }) => total + count, 0);
  if (number === 0) return { mean: null, median: null, p90: null };
  const dayAt = (rank: number) => {
    let below = 0;
    for (const { day, count } of bins) {
      below += count;
      if (below >= rank) return day;
    }
    return 0;
  };
  return {
    mean: Number(totalDays) / number,
    median: (dayAt(Math.ceil(number / 2)) + dayAt(Math.floor(number / 2) + 1)) / 2,
    p90: dayAt(Math.ceil((9 * number) / 10)),
  };
}

/** `part / whole`; null when there is nothing to divide by. */
export function ratio(part: Count, whole: Count): number | null {
  return Number(whole) > 0 ? Number(part) / Number(whole) : null;
}

/** `total / number` as a whole number, rounded half up; null when there is nothing to divide by. */
export function wholeMean(total: Count, number: Count): number | null {
  return number > 0 ? roundedRatio(total, number) : null;
}
