import type { RecyclingData } from "@shangji/contracts/recycling/countdown";
import type { Stored, StoredRecord } from "../kit/record.ts";
import type { OwnedTimes } from "./due-at.ts";
import type { RecyclingStep } from "./plan-recycling.ts";
import type { DealsOf, Lately } from "./ports.ts";
import type { OwnTimes } from "./recycled-kind.ts";

/** The countdown of a record as it is kept beside it. It is written on condition of its version alone. */
export type Countdown = Stored<
  RecyclingData & {
    ruleId?: string | undefined;
    /** When warnings were given, and the record recycled, by the keys of their steps. */
    done: Readonly<Record<string, string>>;
    /** What is done next, and when: its timer. */
    next?: RecyclingStep | undefined;
  }
>;

/** What is known of a record besides itself. */
export interface Known {
  /** Its history since the countdown of this owner began. */
  lately: Lately;
  /** Looked at only where days are counted from them. */
  deals: DealsOf | undefined;
  /** What was known already. */
  countdown: Countdown | undefined;
}

interface OwnedPart extends Pick<StoredRecord, "createdAt" | "updatedAt"> {
  ownerId: string;
}

/** What is counted from. */
export function timesOf(record: OwnedPart, own: OwnTimes, { lately, deals, countdown }: Known): OwnedTimes {
  const { ownerId, createdAt, updatedAt } = record;
  const { begunAt, workedAt, contractEndedAt } = own;
  const known = isCounting(countdown) && countdown.ownerId === ownerId ? countdown : undefined;
  const given = givenAt(ownerId, lately) ?? known?.ownedSince ?? updatedAt;
  const ownedSince = begunAt !== undefined && begunAt > given ? begunAt : given;
  const touches = [lately.touchedAt, workedAt, known?.touchedAt].filter((at) => at !== undefined && at > ownedSince);
  return { createdAt, ownedSince, touchedAt: touches.sort().at(-1), deals, contractEndedAt };
}

/**
 * Since when the owner has the record, as its history tells. It is a moment behind, so it may still tell of somebody else; then, and
 * at the beginning, the last write of the record is taken, which is no earlier than that which gave it.
 */
function givenAt(ownerId: string, { given }: Lately): string | undefined {
  return given && (given.to === undefined || given.to === ownerId) ? given.at : undefined;
}

function isCounting(countdown: Countdown | undefined): countdown is Countdown {
  return countdown !== undefined && countdown.state !== "recycled";
}

/**
 * What has been done in the owner's present time with a record; with another one a new countdown begins. What was warned of and did
 * not come, as nothing was counted then, needs a warning of its own when it comes after all.
 */
export function doneIn(
  countdown: Countdown | undefined,
  { ownerId, ownedSince, now }: { ownerId: string; ownedSince: string; now: string },
): Countdown["done"] {
  if (!isCounting(countdown) || countdown.ownerId !== ownerId || countdown.ownedSince !== ownedSince) return {};
  return countdown.state === "ended" ? doneAhead(countdown.done, now) : countdown.done;
}

/** Keys begin with the time at which the record is due. */
export function doneAhead(done: Countdown["done"], now: string): Countdown["done"] {
  return Object.fromEntries(Object.entries(done).filter(([key]) => key > now));
}

/** What is left of a countdown when nothing is counted any more. */
export const endedPatch: Partial<Countdown> = {
  ...{ state: "ended", next: undefined, recycleAt: undefined, because: undefined },
  ...{ poolId: undefined, ruleId: undefined, warned: undefined },
};

/** Whether two plans of a countdown are the same; while a notice is late, its end is counted from whenever one asks. */
export function isSamePlan(left: Countdown | undefined, right: Countdown): boolean {
  return left !== undefined && JSON.stringify(planIn(left)) === JSON.stringify(planIn(right));
}

function planIn({ state, ownerId, ownedSince, touchedAt, ruleId, poolId, because, warned, next }: Countdown) {
  const { key, dueAt } = next ?? {};
  return [
    state,
    ownerId,
    ownedSince,
    touchedAt,
    ruleId,
    poolId,
    Object.values(because ?? {}).sort(),
    warned?.at,
    key,
    dueAt,
  ];
}
