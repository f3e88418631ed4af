import type { Lead } from "@shangji/contracts/leads/schemas";
import type { LeadRecyclingData } from "@shangji/contracts/recycling/lead-recycling";
import type { Stored } from "../kit/record.ts";
import type { OwnedTimes } from "./due-at.ts";
import type { RecyclingStep } from "./plan-recycling.ts";
import type { Lately } from "./ports.ts";

/** The countdown of a lead as it is kept beside it. It is written on condition of its version alone. */
export type Countdown = Stored<
  LeadRecyclingData & {
    ruleId?: string | undefined;
    /** When warnings were given, and the lead recycled, by the keys of their steps. */
    done: Readonly<Record<string, string>>;
    /** What is done next, and when: its timer. */
    next?: RecyclingStep | undefined;
  }
>;

/** A lead that somebody has to work on. */
export type OwnedLead = Stored<Lead> & { ownerId: string };

/** Whether somebody has a lead and is not done with it. */
export function isOwned(lead: Stored<Lead> | undefined): lead is OwnedLead {
  return lead?.ownerId !== undefined && (lead.status === "assigned" || lead.status === "working");
}

/** What is counted from: the lead, its history since the countdown of this owner began, and what that knew already. */
export function timesOf(lead: OwnedLead, lately: Lately, countdown: Countdown | undefined): OwnedTimes {
  const { ownerId, status, statusChangedAt, createdAt } = lead;
  const known = isCounting(countdown) && countdown.ownerId === ownerId ? countdown : undefined;
  const given = givenAt(lead, lately) ?? known?.ownedSince ?? lead.updatedAt;
  // What comes back after its end begins anew.
  const ownedSince = status === "assigned" && statusChangedAt > given ? statusChangedAt : given;
  const worked = status === "working" ? statusChangedAt : undefined;
  const touches = [lately.touchedAt, worked, known?.touchedAt].filter((at) => at !== undefined && at > ownedSince);
  return { createdAt, ownedSince, touchedAt: touches.sort().at(-1) };
}

/**
 * Since when the owner has the lead, as its history tells. It is a moment behind, so it may still tell of somebody else; then, and
 * at the beginning, the last write of the lead is taken, which is no earlier than that which gave it.
 */
function givenAt({ ownerId }: OwnedLead, { given }: Lately): string | undefined {
  return given && (given.to === undefined || given.to === ownerId) ? given.at : undefined;
}

function isCounting(countdown: Countdown | undefined): countdown is Countdown {
  return countdown !== undefined && countdown.state !== "recycled";
}

/** What has been done in the owner's present time with a lead; with another one a new countdown begins. */
export function doneIn(
  countdown: Countdown | undefined,
  { ownerId, ownedSince }: { ownerId: string; ownedSince: string },
): Countdown["done"] {
  const isSame = isCounting(countdown) && countdown.ownerId === ownerId && countdown.ownedSince === ownedSince;
  return isSame ? countdown.done : {};
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
