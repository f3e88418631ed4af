import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { NotificationKind } from "@shangji/contracts/notifications/schemas";
import { entityOf } from "../kit/ids.ts";
import type { Telling } from "./telling.ts";

/** What is looked at of an event. */
export interface OwnershipEvent {
  id: string;
  type: string;
  occurredAt: string;
  actor: { id: string; source: string };
  data: { id: string; ownerId?: string };
  previous?: { ownerId?: string | null };
}

const kinds = {
  account: "account_assigned",
  contact: "contact_assigned",
  opportunity: "opportunity_assigned",
  lead: "lead_assigned",
} as const satisfies Record<OwnedEntity, NotificationKind>;

/** Where records come from that are told of all together, at the end: files, and hand-overs. */
const toldAtOnce: readonly string[] = ["import", "hand_over"];

/**
 * Whom an event gives a record to. What somebody takes is no news to them.
 * Other causes of notifications are more functions like this one.
 */
export function newOwner({ type, occurredAt, actor, data, previous }: OwnershipEvent): Telling | undefined {
  const { id, ownerId } = data;
  const entity = entityOf(id);
  if (entity === undefined || !isOwned(entity) || ownerId === undefined) return undefined;
  const isNew = type.endsWith(".created.v1") || (previous !== undefined && "ownerId" in previous);
  if (!isNew || actor.id === ownerId || toldAtOnce.includes(actor.source)) return undefined;
  const told = { subject: { entity, id }, recipientId: ownerId, actorId: actor.id, at: occurredAt };
  return { kind: kinds[entity], ...told, ownerOnly: true };
}

function isOwned(entity: string): entity is OwnedEntity {
  return entity in kinds;
}
