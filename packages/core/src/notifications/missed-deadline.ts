import type { ResponseHolder } from "@shangji/contracts/assignment/lead-response";
import type { Telling } from "./telling.ts";

/** What is looked at of an event about the response clock of a lead. */
export interface ResponseEvent {
  type: string;
  occurredAt: string;
  actor: { id: string };
  data: { id: string; ownerId?: string; escalatedTo?: string | undefined; holders?: readonly ResponseHolder[] };
}

/**
 * Whom a deadline concerns that comes or has passed: the owner before it, whoever has missed it after it, and the manager when
 * nobody is left to answer. Undefined for any other event.
 */
export function missedDeadline({ type, occurredAt: at, actor, data }: ResponseEvent): Telling | undefined {
  const told = { subject: { entity: "lead", id: data.id }, actorId: actor.id, at } as const;
  if (type === "lead.response_reminded.v1")
    return data.ownerId === undefined
      ? undefined
      : { ...told, kind: "lead_response_due", recipientId: data.ownerId, ownerOnly: true };
  if (type === "lead.response_breached.v1") {
    const missed = data.holders?.findLast(({ missedAt }) => missedAt !== undefined);
    return missed && { ...told, kind: "lead_response_missed", recipientId: missed.userId, ownerOnly: false };
  }
  if (type !== "lead.response_escalated.v1" || data.escalatedTo === undefined) return undefined;
  return { ...told, kind: "lead_response_escalated", recipientId: data.escalatedTo, ownerOnly: false };
}
