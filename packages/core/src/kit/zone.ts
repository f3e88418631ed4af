import { TZDate } from "@date-fns/tz";

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
  const [year = 0, month = 1, day = 1] = instantOrDate.split("-").map(Number);
  return new Date(new TZDate(year, month - 1, day, zone).getTime()).toISOString();
}
