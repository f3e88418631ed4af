const millisecondsPerDay = 86_400_000;

/** Longest duration that is counted to the day; everything longer is counted as one day more. */
export const longestExactDays = 730;

/** Calendar days from one date to a later one, both `YYYY-MM-DD`; 0 when the order is wrong. */
export function daysBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / millisecondsPerDay);
}

/** The date `days` after a date. */
export function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * millisecondsPerDay).toISOString().slice(0, 10);
}

/** The bin of a duration in a histogram of whole days. */
export function durationBin(days: number): number {
  return Math.min(days, longestExactDays + 1);
}
