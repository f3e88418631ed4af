import type { Pool, PoolFailure } from "@shangji/contracts/pools/schemas";
import type { PoolState } from "./ports.ts";

const hour = 3_600_000;

type Holding = Pick<PoolState<unknown>, "open"> & Partial<Pick<PoolState<unknown>, "counted">>;

interface Asked extends Holding, Pick<PoolState<unknown>, "claims"> {
  userId: string;
  /** Since when the record waits, and whose it was. */
  entry: { at: string; previousOwnerId?: string | undefined };
  now: Date;
}

/**
 * Every rule of a pool that stands against a claim; empty when it is legal. Who runs the pool holds no more than others, and
 * is bound by nothing else.
 */
export function failedClaimRules(pool: Pool, asked: Asked, { isAdmin }: { isAdmin: boolean }): PoolFailure[] {
  return [
    ...failedHoldingRule(pool, asked),
    ...(isAdmin ? [] : [...failedDailyRule(pool, asked), ...failedWaits(pool, asked)]),
  ];
}

/** Whether a person holds as much as the pool lets anybody have. A customer takes no place of it. */
export function failedHoldingRule({ holdingCap: max }: Pool, { open, counted }: Holding): PoolFailure[] {
  if (max === undefined || open < max || counted?.won !== undefined) return [];
  return [{ rule: "holding_cap", message: "The person has as many records as the pool allows.", count: open, max }];
}

function failedDailyRule({ claimsPerDay: max }: Pool, { claims }: Asked): PoolFailure[] {
  if (max === undefined || claims < max) return [];
  return [{ rule: "daily_cap", message: "The day's claims from this pool are used up.", count: claims, max }];
}

function failedWaits({ waitDaysForPreviousOwner, lockHoursAfterEntry }: Pool, asked: Asked): PoolFailure[] {
  const isPrevious = asked.entry.previousOwnerId === asked.userId;
  return [
    ...failedWait("previous_owner", isPrevious ? (waitDaysForPreviousOwner ?? 0) * 24 : 0, asked),
    ...failedWait("locked", lockHoursAfterEntry ?? 0, asked),
  ];
}

const messages = {
  previous_owner: "Whoever had it last waits before claiming it.",
  locked: "It came in a short time ago, and cannot be claimed yet.",
};

function failedWait(rule: keyof typeof messages, hours: number, { entry, now }: Asked): PoolFailure[] {
  const until = Date.parse(entry.at) + hours * hour;
  if (now.getTime() >= until) return [];
  return [{ rule, message: messages[rule], until: new Date(until).toISOString() }];
}
