import type { RecyclingWarning } from "@shangji/contracts/recycling/lead-recycling";
import type { Telling } from "./telling.ts";

/** What is looked at of an event about the countdown of a lead. */
export interface RecyclingEvent {
  type: string;
  occurredAt: string;
  actor: { id: string };
  data: { id: string; ownerId?: string; warned?: RecyclingWarning | undefined };
}

/** Whom the end of an owner's time with a lead concerns: the owner before it, and who was the owner after it. */
export function recycling({ type, occurredAt: at, actor, data }: RecyclingEvent): Telling | undefined {
  const { id, ownerId: recipientId } = data;
  if (recipientId === undefined) return undefined;
  const told = { subject: { entity: "lead", id }, recipientId, actorId: actor.id, at } as const;
  if (type === "lead.recycle_warned.v1")
    return { ...told, kind: "lead_recycle_due", ownerOnly: true, daysAhead: data.warned?.daysAhead ?? 0 };
  if (type === "lead.recycled.v1") return { ...told, kind: "lead_recycled", ownerOnly: false };
  return undefined;
}
