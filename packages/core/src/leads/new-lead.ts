import type { Lead, NewLead } from "@shangji/contracts/leads/schemas";
import type { marksPatch } from "../duplicates/check-duplicates.ts";
import type { CallContext } from "../kit/context.ts";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";

/** What a lead is made of: what was given, whose it is, and what it is compared by. */
export type LeadParts = Omit<NewLead, "consent" | "ownerId"> &
  Pick<Lead, "consent" | "formId" | "ownerId"> & { teamId?: string | null } & Partial<ReturnType<typeof marksPatch>>;

/** A lead that is not stored yet: somebody's and assigned, or nobody's and new. */
export function newLead(
  parts: LeadParts,
  { context, command }: { context: CallContext; command: string },
): Stored<Lead> {
  const at = context.clock.now().toISOString();
  const status = parts.ownerId === undefined ? ("new" as const) : ("assigned" as const);
  return newRecord<Lead>("lead", { ...parts, status, statusChangedAt: at }, { context, command, at });
}
