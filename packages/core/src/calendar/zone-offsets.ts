import { tzOffset } from "@date-fns/tz/tzOffset";

/** Part of a timeline in milliseconds, `until` not included. */
export interface Stretch {
  from: number;
  until: number;
}

/** Milliseconds of a day. */
export const dayLength = 86_400_000;

/** Days that are remembered of a zone; then it starts anew, so that strange dates cannot fill the memory. */
const mostRemembered = 10_000;

const offsets = new Map<string, Map<number, number>>();

/**
 * A day of UTC, counted from 1970, cut where the clocks of an IANA zone change: each part with what they are ahead of UTC, in
 * milliseconds. Clocks that change there and back within the day are taken not to.
 */
export function offsetStretches(zone: string, utcDay: number): readonly (Stretch & { offset: number })[] {
  const [from, until] = [utcDay * dayLength, (utcDay + 1) * dayLength];
  const offset = offsetAtStart(zone, utcDay);
  const next = offsetAtStart(zone, utcDay + 1);
  if (offset === next) return [{ from, until, offset }];
  const change = changeBetween(zone, { from, until });
  return [
    { from, until: change, offset },
    { from: change, until, offset: next },
  ];
}

/** Asking the engine takes a microsecond, which is most of what a day costs. */
function offsetAtStart(zone: string, utcDay: number): number {
  let known = offsets.get(zone);
  if (!known || known.size > mostRemembered) {
    known = new Map();
    offsets.set(zone, known);
  }
  let offset = known.get(utcDay);
  if (offset === undefined) {
    offset = offsetAt(zone, utcDay * dayLength);
    known.set(utcDay, offset);
  }
  return offset;
}

function offsetAt(zone: string, time: number): number {
  return tzOffset(zone, new Date(time)) * 60_000;
}

function changeBetween(zone: string, { from, until }: Stretch): number {
  const before = offsetAt(zone, from);
  let [last, first] = [from, until];
  while (first - last > 1) {
    const middle = Math.floor((last + first) / 2);
    if (offsetAt(zone, middle) === before) last = middle;
    else first = middle;
  }
  return first;
}
