import type { RecyclingWarning } from "@shangji/contracts/recycling/countdown";
import type { Telling } from "./telling.ts";

/** What is looked at of an event about the countdown of a lead or an account. */
export interface RecyclingEvent {
  type: string;
  occurredAt: string;
  actor: { id: string };
  data: { id: string; ownerId?: string; warned?: RecyclingWarning | undefined };
}

/** Whom the end of an owner's time with a record concerns: the owner before it, and who was the owner after it. */
export function recycling({ type, occurredAt: at, actor, data }: RecyclingEvent): Telling | undefined {
  const { id, ownerId: recipientId } = data;
  if (recipientId === undefined) return undefined;
  const entity = type.startsWith("account.") ? "account" : "lead";
  const told = { subject: { entity, id }, recipientId, actorId: actor.id, at } as const;
  if (type === `${entity}.recycle_warned.v1`)
    return { ...told, kind: `${entity}_recycle_due`, ownerOnly: true, daysAhead: data.warned?.daysAhead ?? 0 };
  if (type === `${entity}.recycled.v1`) return { ...told, kind: `${entity}_recycled`, ownerOnly: false };
  return undefined;
}
