import type { RecyclingWarning } from "@shangji/contracts/recycling/countdown";
import type { RecyclingRule } from "@shangji/contracts/recycling/rules";
import { type Due, daysAfter } from "./due-at.ts";

/** What happens to a record that its owner leaves alone. */
export interface RecyclingStep {
  /** The same step has the same key in every plan as long as the record is due at the same time. */
  key: string;
  step: "warn" | "recycle";
  daysAhead: number;
  /** May be past. */
  dueAt: string;
}

export interface RecyclingPlan {
  /** When it is recycled: when it is due, or later if the last warning came late. */
  recycleAt: string;
  because: Due["because"];
  /** The last warning that was given of this. */
  warned?: RecyclingWarning | undefined;
  next: RecyclingStep;
}

/** A warning that comes up to an hour late is in time, as what is due is looked at once a minute. */
const lateMilliseconds = 3_600_000;

/**
 * Plans warnings and the end of an owner's time. `done` says when steps were done, by their keys. Another follow-up makes the record
 * due at another time, for which warnings are given anew. Of those whose time has passed only the last is worth giving. The
 * last of all is a notice: nothing is taken from anybody before its days are over, even when the rule was made but today.
 */
export function planRecycling(
  { at: due, because }: Due,
  { rule, done, now }: { rule: Pick<RecyclingRule, "warnDays">; done: Readonly<Record<string, string>>; now: string },
): RecyclingPlan {
  const warnings = rule.warnDays
    .toSorted((left, right) => right - left)
    .map((daysAhead) => ({
      key: `${due}/${daysAhead}`,
      step: "warn" as const,
      daysAhead,
      dueAt: daysAfter(due, -daysAhead),
    }));
  const given = warnings.findLastIndex(({ key }) => Object.hasOwn(done, key));
  const open = warnings.slice(given + 1);
  const last = warnings[given];
  const warned = last && { daysAhead: last.daysAhead, at: done[last.key] ?? now };
  const recycleAt = afterNotice(due, { notice: warnings.at(-1), done, now });
  const next = open.findLast(({ dueAt: at }) => at <= now) ??
    open[0] ?? { key: `${due}/recycle`, step: "recycle" as const, daysAhead: 0, dueAt: recycleAt };
  return { recycleAt, because, warned, next };
}

function afterNotice(
  due: string,
  { notice, done, now }: { notice: RecyclingStep | undefined; done: Readonly<Record<string, string>>; now: string },
): string {
  if (!notice) return due;
  const givenAt = done[notice.key] ?? now;
  if (Date.parse(givenAt) - Date.parse(notice.dueAt) <= lateMilliseconds) return due;
  return daysAfter(givenAt, notice.daysAhead);
}
