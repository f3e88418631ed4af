import type { Assigned } from "./clock.ts";

/** What is looked at of an event about a lead, or of a note on a lead or an account. */
export interface FollowedEvent {
  id: string;
  type: string;
  occurredAt: string;
  /** Version of the lead, of events about leads. */
  sequence: number;
  data: { id: string; ownerId?: string; recordId?: string; status?: string };
  previous?: { ownerId?: string | null; status?: string };
}

/** Which record an event tells of, and whether it tells of somebody who got it. */
export function followed({ type, occurredAt, sequence, data, previous }: FollowedEvent): {
  recordId: string;
  assigned?: Assigned;
} {
  const recordId = data.recordId ?? data.id;
  const { ownerId } = data;
  // Whoever has a lead again that had ended is asked for an answer again.
  const isReopened = previous?.status === "disqualified" && data.status === "assigned";
  const isGiven =
    isReopened ||
    /^lead\.(created|restored)\./.test(type) ||
    (type === "lead.updated.v1" && previous?.ownerId !== undefined);
  if (!isGiven || ownerId === undefined) return { recordId };
  return { recordId, assigned: { version: sequence, at: occurredAt, ownerId } };
}
