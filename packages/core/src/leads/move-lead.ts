import type { Lead, LeadStatus } from "@shangji/contracts/leads/schemas";

/** The patch that gives a lead a status. Only what is disqualified has a reason of its own, and only what is new is nobody's. */
export function leadMovedTo(status: LeadStatus, at: string, reason?: string): Record<string, unknown> {
  return {
    status,
    statusChangedAt: at,
    statusReason: status === "disqualified" ? reason : null,
    ...(status === "new" ? { ownerId: null, teamId: null } : {}),
  };
}

/**
 * What a change of owners means for the status: a new lead that is given to somebody is assigned, and one that is taken from
 * somebody is new again. Whoever gets a lead that is being worked on, or done with, finds it so.
 */
export function statusWithOwner(
  before: Pick<Lead, "status">,
  ownership: { ownerId?: string | null },
  at: string,
): Record<string, unknown> {
  const { ownerId } = ownership;
  if (ownerId === undefined) return {};
  if (ownerId === null) return isHeld(before) ? leadMovedTo("new", at) : {};
  return before.status === "new" ? leadMovedTo("assigned", at) : {};
}

function isHeld({ status }: Pick<Lead, "status">): boolean {
  return status === "assigned" || status === "working";
}
