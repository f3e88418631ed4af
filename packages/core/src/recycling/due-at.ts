import type { RecyclingCause } from "@shangji/contracts/recycling/lead-recycling";
import type { RecyclingRule, RecyclingTrigger } from "@shangji/contracts/recycling/rules";

/** Instants from which days are counted. */
export interface OwnedTimes {
  createdAt: string;
  /** Since when the present owner has the record. */
  ownedSince: string;
  /** The last follow-up. What was before the present owner's time counts for nothing. */
  touchedAt?: string | undefined;
}

/** When something is so, from then on, and what it hangs on. */
export interface Due {
  at: string;
  because: RecyclingCause;
}

/**
 * When a record becomes due by a rule if nothing happens to it: terms are met from an instant on, `all` with the last of them and
 * `any` with the first, and never before the owner's protection ends.
 */
export function dueAt({ after, protectDays }: Pick<RecyclingRule, "after" | "protectDays">, times: OwnedTimes): Due {
  const met = metFrom(after, times);
  const protectedUntil = from("protection", times.ownedSince, protectDays);
  return met.at < protectedUntil.at ? protectedUntil : met;
}

function metFrom({ all, any, since, days = 0 }: RecyclingTrigger, times: OwnedTimes): Due {
  if (since !== undefined) return from(since, startOf(since, times), days);
  const parts = (all ?? any ?? []).map((part) => metFrom(part, times));
  return parts.reduce((chosen, part) => ((all ? part.at > chosen.at : part.at < chosen.at) ? part : chosen));
}

function startOf(since: NonNullable<RecyclingTrigger["since"]>, { createdAt, ownedSince, touchedAt }: OwnedTimes) {
  if (since === "creation") return createdAt;
  return since === "touch" && touchedAt !== undefined && touchedAt > ownedSince ? touchedAt : ownedSince;
}

function from(since: RecyclingCause["since"], start: string, days: number): Due {
  return { at: daysAfter(start, days), because: { since, days, from: start } };
}

const dayMilliseconds = 86_400_000;

/** As `Date` writes it. */
export function daysAfter(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * dayMilliseconds).toISOString();
}
