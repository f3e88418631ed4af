import type { RecyclingCause } from "@shangji/contracts/recycling/countdown";
import type { RecyclingRule, RecyclingSince, RecyclingTrigger } from "@shangji/contracts/recycling/rules";
import type { DealsOf } from "./ports.ts";

/** Instants from which days are counted, and what keeps them from being counted. */
export interface OwnedTimes {
  createdAt: string;
  /** Since when the present owner has the record. */
  ownedSince: string;
  /** The last follow-up. What was before the present owner's time counts for nothing. */
  touchedAt?: string | undefined;
  /** Of an account whose opportunities are asked for; with an open one no such days are counted. */
  deals?: DealsOf | undefined;
  /** Without it no such days are counted. */
  contractEndedAt?: string | undefined;
}

/** When something is so, from then on, and what it hangs on. */
export interface Due {
  at: string;
  because: RecyclingCause;
}

/**
 * When a record becomes due by a rule if nothing happens to it: terms are met from an instant on, `all` with the last of them and
 * `any` with the first, and never before the owner's protection ends. Undefined when as things are it never does.
 */
export function dueAt(
  { after, protectDays }: Pick<RecyclingRule, "after" | "protectDays">,
  times: OwnedTimes,
): Due | undefined {
  const met = metFrom(after, times);
  const protectedUntil = from("protection", times.ownedSince, protectDays);
  return met && met.at < protectedUntil.at ? protectedUntil : met;
}

function metFrom({ all, any, since, days = 0 }: RecyclingTrigger, times: OwnedTimes): Due | undefined {
  if (since !== undefined) {
    const start = startOf(since, times);
    return start === undefined ? undefined : from(since, start, days);
  }
  const parts = (all ?? any ?? []).map((part) => metFrom(part, times));
  return all ? lastOf(parts) : firstOf(parts);
}

/** All are met with the last one, if each of them ever is. */
function lastOf(parts: readonly (Due | undefined)[]): Due | undefined {
  return parts.reduce((chosen, part) => (chosen && part && part.at <= chosen.at ? chosen : chosen && part));
}

/** Any is met with the first one that ever is. */
function firstOf(parts: readonly (Due | undefined)[]): Due | undefined {
  return parts.reduce((chosen, part) => (!chosen || (part && part.at < chosen.at) ? part : chosen));
}

function startOf(since: RecyclingSince, { createdAt, ownedSince, touchedAt, ...account }: OwnedTimes) {
  switch (since) {
    case "creation":
      return createdAt;
    case "assignment":
      return ownedSince;
    case "touch":
      return latest(ownedSince, touchedAt);
    case "opportunity":
      return account.deals?.isOpen ? undefined : latest(ownedSince, account.deals?.lastAt);
    case "contractEnd":
      return account.contractEndedAt;
  }
}

function latest(one: string, other: string | undefined): string {
  return other !== undefined && other > one ? other : one;
}

/** Whether a rule counts any days from something. */
export function countsFrom({ all, any, since }: RecyclingTrigger, asked: RecyclingSince): boolean {
  return since === asked || [...(all ?? []), ...(any ?? [])].some((part) => countsFrom(part, asked));
}

function from(since: RecyclingCause["since"], start: string, days: number): Due {
  return { at: daysAfter(start, days), because: { since, days, from: start } };
}

const dayMilliseconds = 86_400_000;

/** As `Date` writes it. */
export function daysAfter(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * dayMilliseconds).toISOString();
}
