import type { RecordChange } from "../events/record-change.ts";
import { isClosedLead } from "../people/closed-lead.ts";

/** For whom a lead counts from a version on: nobody, when the version says so. */
export interface HeldLead {
  leadId: string;
  version: number;
  userId: string | undefined;
}

/** What a write means for the counts of open leads; undefined when it changes nothing of them, as most do. */
export function heldLead({ kind, before, after }: RecordChange): HeldLead | undefined {
  if (kind !== "lead") return undefined;
  const userId = openHolder(after);
  if (userId === (before && openHolder(before))) return undefined;
  return { leadId: after.id, version: after.version, userId };
}

/** Who has this lead and has to work on it. */
export function openHolder(lead: Record<string, unknown>): string | undefined {
  const { ownerId, deletedAt, erasure } = lead;
  if (deletedAt !== undefined || erasure !== undefined || isClosedLead(lead)) return undefined;
  return typeof ownerId === "string" ? ownerId : undefined;
}
