import { instantOf, startOf } from "../../kit/zone.ts";

export type DateFormat = "iso" | "us";

const iso = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?/u;
const us = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})/;
const timeOfDay = /^(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;

/** The parts of a date with an optional time. */
interface Parts {
  date: string;
  clock: { hour: number; minute: number; second: number; offset: string | undefined } | undefined;
}

/**
 * The calendar date of a cell, `YYYY-MM-DD`: `2026-11-25`, `2026/11/25` or `2026年11月25日`, and in the US form
 * `11/25/2026`. A time behind it is left out. Undefined when there is no such day between 1900 and 2200.
 */
export function parseDate(text: string, format: DateFormat): string | undefined {
  return partsOf(text, format)?.date;
}

/** The instant of a cell in UTC: a date means its midnight in the zone, a time without an offset the zone's own time. */
export function parseInstant(text: string, format: DateFormat, zone: string): string | undefined {
  const parts = partsOf(text, format);
  if (!parts) return undefined;
  const { date, clock } = parts;
  if (!clock) return startOf(zone, date);
  return instantOf(clock.offset ? zoneOf(clock.offset) : zone, date, clock);
}

function partsOf(text: string, format: DateFormat): Parts | undefined {
  const plain = text.normalize("NFKC").trim();
  const american = format === "us" ? us.exec(plain) : null;
  const found = american ?? iso.exec(plain);
  if (!found) return undefined;
  const [year, month, day] = american ? [found[3], found[1], found[2]] : [found[1], found[2], found[3]];
  const date = `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
  const clock = isDay(date) ? clockOf(plain.slice(found[0].length)) : "wrong";
  return clock === "wrong" ? undefined : { date, clock };
}

/** Whether the calendar has the day: 30 February is rolled over by Date, so it does not come back as it went in. */
function isDay(date: string): boolean {
  const instant = new Date(`${date}T00:00:00Z`);
  const isReal = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date);
  return isReal && date >= "1900" && date < "2201";
}

function clockOf(rest: string): Parts["clock"] | "wrong" {
  const found = timeOfDay.exec(rest);
  if (!found) return "wrong";
  if (found[1] === undefined) return undefined;
  const half = found[4]?.toLowerCase();
  const hour = half ? (Number(found[1]) % 12) + (half === "pm" ? 12 : 0) : Number(found[1]);
  const minute = Number(found[2]);
  const second = Number(found[3] ?? 0);
  return hour < 24 && minute < 60 && second < 60 ? { hour, minute, second, offset: found[5] } : "wrong";
}

const zoneOf = (offset: string) => (offset === "Z" ? "UTC" : offset);
