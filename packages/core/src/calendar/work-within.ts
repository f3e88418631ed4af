import { dayIn, type WorkCalendar } from "./work-calendar.ts";
import { dayLength, offsetStretches, type Stretch } from "./zone-offsets.ts";

/** Days that a calendar remembers; then it starts anew. */
const mostRemembered = 5_000;

/**
 * The stretches of a day of UTC, counted from 1970, in which somebody works: those in which the clock on the wall shows a time
 * within the hours of the date on the wall. In order, apart from each other.
 */
export function workWithin(calendar: WorkCalendar, utcDay: number): readonly Stretch[] {
  const { remembered } = calendar;
  const known = remembered.get(utcDay);
  if (known) return known;
  const found = findWork(calendar, utcDay);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(utcDay, found);
  return found;
}

function findWork(calendar: WorkCalendar, utcDay: number): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const { from, until, offset } of offsetStretches(calendar.zone, utcDay)) {
    const firstDate = Math.floor((from + offset) / dayLength);
    const lastDate = Math.floor((until + offset - 1) / dayLength);
    for (let date = firstDate; date <= lastDate; date += 1) {
      const midnight = date * dayLength - offset;
      for (const hours of dayIn(calendar, date).hours) {
        const start = Math.max(midnight + hours.from, from);
        const end = Math.min(midnight + hours.until, until);
        if (start < end) found.push({ from: start, until: end });
      }
    }
  }
  return found;
}
