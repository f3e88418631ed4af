import { type CapPeriod, CapPeriod as capPeriods } from "@shangji/contracts/assignment/schemas";
import { periodStart } from "../conditions/period-start.ts";
import { dateIn } from "../kit/zone.ts";
import type { Tally, Turn, World } from "./world.ts";

/** First dates of the periods that an instant lies in, in the organisation's zone. */
export type PeriodStarts = Readonly<Record<CapPeriod, string>>;

export function periodStarts({ now, zone }: Pick<World, "now" | "zone">): PeriodStarts {
  const today = dateIn(zone, now);
  return {
    day: today,
    week: periodStart(today, { start: "week" }),
    month: periodStart(today, { start: "month" }),
  };
}

/** Leads that a person was given in a period; a count of an earlier one is none. */
export function countIn(period: CapPeriod, { counts }: Tally, starts: PeriodStarts): number {
  const known = counts[period];
  return known?.start === starts[period] ? known.count : 0;
}

/** A person's tally with one more lead in it. */
export function withLead(tally: Tally, now: string, starts: PeriodStarts): Tally {
  const counts = Object.fromEntries(
    capPeriods.options.map((period) => [period, { start: starts[period], count: countIn(period, tally, starts) + 1 }]),
  );
  return { ...tally, open: tally.open + 1, counts, lastAssignedAt: now };
}

/** A tally with a turn of one rule; of rules that are there no longer nothing is kept. */
export function withTurn(
  tally: Tally,
  { ruleId, turn, ruleIds }: { ruleId: string; turn: Turn; ruleIds: readonly string[] },
): Tally {
  const kept = Object.entries(tally.turns ?? {}).filter(([id]) => ruleIds.includes(id));
  return { ...tally, turns: { ...Object.fromEntries(kept), [ruleId]: turn } };
}
