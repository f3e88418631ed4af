import type { Assigned } from "./clock.ts";

/** What is looked at of an event about a lead, an account or an opportunity of one, or of a note on a lead or an account. */
export interface FollowedEvent {
  id: string;
  type: string;
  occurredAt: string;
  /** Version of the lead, of events about leads. */
  sequence: number;
  data: { id: string; ownerId?: string; recordId?: string; status?: string; accountId?: string };
  previous?: { ownerId?: string | null; status?: string; accountId?: string | null };
}

export interface Followed {
  /** Leads and accounts; of an opportunity the account that it is of, and the one that it was of. */
  recordIds: string[];
  /** When it tells of somebody who got the lead. */
  assigned?: Assigned;
}

/** Which records an event tells something of. */
export function followed({ type, occurredAt, sequence, data, previous }: FollowedEvent): Followed {
  if (type.startsWith("opportunity.")) {
    const accountIds = [data.accountId, previous?.accountId];
    return { recordIds: accountIds.filter((id) => typeof id === "string") };
  }
  const recordIds = [data.recordId ?? data.id];
  const { ownerId } = data;
  // Whoever has a lead again that had ended is asked for an answer again.
  const isReopened = previous?.status === "disqualified" && data.status === "assigned";
  const isGiven =
    isReopened ||
    /^lead\.(created|restored)\./.test(type) ||
    (type === "lead.updated.v1" && previous?.ownerId !== undefined);
  if (!isGiven || ownerId === undefined) return { recordIds };
  return { recordIds, assigned: { version: sequence, at: occurredAt, ownerId } };
}
