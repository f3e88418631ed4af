import { dayLength } from "../calendar/zone-offsets.ts";

/** A sum of points that halve as time goes by, as it is at a time. */
export interface Decaying {
  value: number;
  /** Of the last event that it holds. */
  at: string;
}

/** What is left of a sum at a later time; at an earlier one it is the sum itself. Without a half-life, in days, all stays. */
export function decayed({ value, at }: Decaying, now: string, halfLifeDays: number | undefined): number {
  if (halfLifeDays === undefined) return value;
  const days = Math.max(0, Date.parse(now) - Date.parse(at)) / dayLength;
  return value * 2 ** (-days / halfLifeDays);
}

/** A sum with one more event in it, which may be older than what it holds already. */
export function withEvent(sum: Decaying | undefined, event: Decaying, halfLifeDays: number | undefined): Decaying {
  if (!sum) return event;
  const at = Date.parse(sum.at) < Date.parse(event.at) ? event.at : sum.at;
  return { value: decayed(sum, at, halfLifeDays) + decayed(event, at, halfLifeDays), at };
}

/**
 * Far more than sums of the same events in another order differ by, and far less than a point. Halves are what points decay
 * to, so the edge between two whole numbers lies beside them rather than at them.
 */
const slack = 1e-6;

/** Whole points, halves upwards; the same for sums that differ only in the order in which they were added up. */
export function wholePoints(value: number): number {
  return Math.floor(value + 0.5 + slack);
}
