import type { PoolEntity } from "@shangji/contracts/pools/schemas";
import type { RecordChange } from "../events/record-change.ts";
import { isClosedLead } from "../people/closed-lead.ts";

/** For whom a lead or an account counts from a version on: nobody, when the version says so. */
export interface HeldRecord {
  entity: PoolEntity;
  id: string;
  version: number;
  userId: string | undefined;
}

/** What a write means for the counts of open leads and of accounts; undefined when it changes nothing of them, as most do. */
export function heldRecord({ kind, before, after }: RecordChange): HeldRecord | undefined {
  if (kind !== "lead" && kind !== "account") return undefined;
  const userId = openHolder(after);
  if (userId === (before && openHolder(before))) return undefined;
  return { entity: kind, id: after.id, version: after.version, userId };
}

/** Who has this lead or account and has to work on it. */
export function openHolder(record: Record<string, unknown>): string | undefined {
  const { ownerId, deletedAt, erasure } = record;
  if (deletedAt !== undefined || erasure !== undefined || isClosedLead(record)) return undefined;
  return typeof ownerId === "string" ? ownerId : undefined;
}
