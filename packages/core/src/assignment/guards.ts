import { type AssignmentGuards, CapPeriod, type Refusal } from "@shangji/contracts/assignment/schemas";
import { workStateAt } from "../calendar/business-time.ts";
import { countIn, type PeriodStarts } from "./tally.ts";
import type { Person, World } from "./world.ts";

const capOf = {
  day: "maxPerDay",
  week: "maxPerWeek",
  month: "maxPerMonth",
} as const satisfies Record<CapPeriod, keyof AssignmentGuards>;

/** All that stands against giving a person a lead now. */
export function refusalsOf(
  { active, id, calendar, tally }: Person,
  guards: AssignmentGuards,
  { now, excluded, starts }: Pick<World, "now" | "excluded"> & { starts: PeriodStarts },
): Refusal[] {
  const refusals: Refusal[] = [];
  if (!active) refusals.push({ why: "inactive" });
  if (excluded.has(id)) refusals.push({ why: "excluded" });
  const state = workStateAt(now, calendar);
  // Who is on leave is not there at any hour.
  if (state === "leave" || (state !== "working" && guards.workingHours !== false)) refusals.push({ why: state });
  for (const period of CapPeriod.options) {
    const max = guards[capOf[period]];
    const count = countIn(period, tally, starts);
    if (max !== undefined && count >= max) refusals.push({ why: "period_cap", period, count, max });
  }
  const { maxOpen: max } = guards;
  if (max !== undefined && tally.open >= max) refusals.push({ why: "open_cap", count: tally.open, max });
  return refusals;
}
