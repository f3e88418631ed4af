import { DateTime } from "luxon";

export type DateFormat = "iso" | "us";

const iso = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?/u;
const us = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})/;
const time = /^(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;

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
  const local = DateTime.fromISO(date, { zone: clock?.offset ? zoneOf(clock.offset) : zone });
  const { hour, minute, second } = clock ?? { hour: 0, minute: 0, second: 0 };
  return local.set({ hour, minute, second }).toUTC().toISO() ?? undefined;
}

function partsOf(text: string, format: DateFormat): Parts | undefined {
  const plain = text.normalize("NFKC").trim();
  const american = format === "us" ? us.exec(plain) : null;
  const found = american ?? iso.exec(plain);
  if (!found) return undefined;
  const [year, month, day] = american ? [found[3], found[1], found[2]] : [found[1], found[2], found[3]];
  const date = `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
  const isKnown = DateTime.fromISO(date).isValid && Number(year) >= 1900 && Number(year) <= 2200;
  const clock = isKnown ? clockOf(plain.slice(found[0].length)) : "wrong";
  return clock === "wrong" ? undefined : { date, clock };
}

function clockOf(rest: string): Parts["clock"] | "wrong" {
  const found = time.exec(rest);
  if (!found) return "wrong";
  if (found[1] === undefined) return undefined;
  const half = found[4]?.toLowerCase();
  const hour = half ? (Number(found[1]) % 12) + (half === "pm" ? 12 : 0) : Number(found[1]);
  const minute = Number(found[2]);
  const second = Number(found[3] ?? 0);
  return hour < 24 && minute < 60 && second < 60 ? { hour, minute, second, offset: found[5] } : "wrong";
}

const zoneOf = (offset: string) => (offset === "Z" ? "UTC" : `UTC${offset}`);
