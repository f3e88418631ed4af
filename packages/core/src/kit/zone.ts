import { tzOffset } from "@date-fns/tz/tzOffset";

const dayLength = 86_400_000;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The calendar date of an instant in an IANA zone, `YYYY-MM-DD`. Dates pass through. */
export function dateIn(zone: string, instantOrDate: string): string {
  if (instantOrDate.length === 10) return instantOrDate;
  if (zone === "UTC" && instantOrDate.endsWith("Z")) return instantOrDate.slice(0, 10);
  let formatter = formatters.get(zone);
  if (!formatter) {
    // en-CA writes dates as YYYY-MM-DD.
    formatter = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    formatters.set(zone, formatter);
  }
  return formatter.format(new Date(instantOrDate));
}

/** The instant at which a calendar date begins in an IANA zone; instants pass through, in UTC. */
export function startOf(zone: string, instantOrDate: string): string {
  if (instantOrDate.length > 10) return new Date(instantOrDate).toISOString();
  if (zone === "UTC") return `${instantOrDate}T00:00:00.000Z`;
  return instantOf(zone, instantOrDate, { hour: 0, minute: 0, second: 0 });
}

/**
 * The instant of a time of day in an IANA zone or at an offset such as `+08:00`. A time that comes twice, when clocks go
 * back, is the first; one that is left out is moved on by what is left out.
 */
export function instantOf(
  zone: string,
  date: string,
  { hour, minute, second }: { hour: number; minute: number; second: number },
): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const offsetAt = (time: number) => tzOffset(zone, new Date(time)) * 60_000;
  const before = offsetAt(wall - dayLength);
  const after = offsetAt(wall + dayLength);
  const isLater = offsetAt(wall - before) !== before && offsetAt(wall - after) === after;
  return new Date(wall - (isLater ? after : before)).toISOString();
}
