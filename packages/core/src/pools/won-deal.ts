import type { RecordChange } from "../events/record-change.ts";

/** Of which account a deal is a won one from a version on: of none, when the version says so. */
export interface WonDeal {
  dealId: string;
  version: number;
  accountId: string | undefined;
}

/**
 * What a write means for which accounts are customers: those that have won deals, and take no place of what a person may hold.
 * Undefined when it changes nothing of that, as most do.
 */
export function wonDeal({ kind, before, after }: RecordChange): WonDeal | undefined {
  if (kind !== "opportunity") return undefined;
  const accountId = customerOf(after);
  if (accountId === (before && customerOf(before))) return undefined;
  return { dealId: after.id, version: after.version, accountId };
}

/** The account that this opportunity was won with. */
export function customerOf({ status, accountId, deletedAt }: Record<string, unknown>): string | undefined {
  if (status !== "won" || deletedAt !== undefined) return undefined;
  return typeof accountId === "string" ? accountId : undefined;
}
