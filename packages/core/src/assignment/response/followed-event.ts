import type { Assigned } from "./clock.ts";

/** What is looked at of an event about a lead, or of a note on one. */
export interface FollowedEvent {
  id: string;
  type: string;
  occurredAt: string;
  /** Version of the lead, of events about leads. */
  sequence: number;
  data: { id: string; ownerId?: string; recordId?: string };
  previous?: { ownerId?: string | null };
}

/** Which lead an event tells of, and whether it tells of somebody who got it. */
export function followed({ type, occurredAt, sequence, data, previous }: FollowedEvent): {
  leadId: string;
  assigned?: Assigned;
} {
  const leadId = data.recordId ?? data.id;
  const { ownerId } = data;
  const isGiven =
    /^lead\.(created|restored)\./.test(type) || (type === "lead.updated.v1" && previous?.ownerId !== undefined);
  if (!isGiven || ownerId === undefined) return { leadId };
  return { leadId, assigned: { version: sequence, at: occurredAt, ownerId } };
}
