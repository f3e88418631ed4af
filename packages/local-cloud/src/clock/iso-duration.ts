const pattern = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/**
 * Milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds. Months and years have no fixed
 * length and are refused, like everything else, with a `RangeError`.
 */
export function durationMs(isoDuration: string): number {
  const parts = pattern.exec(isoDuration);
  if (parts === null || /^P$|T$/.test(isoDuration)) {
    throw new RangeError(
      `not a duration of weeks, days, hours, minutes and seconds such as P3D or PT90M: ${isoDuration}`,
    );
  }
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return Math.round(((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
}
