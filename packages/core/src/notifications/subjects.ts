import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import { ownedEntities } from "@shangji/contracts/kit/entities";
import type { NotificationSubject } from "@shangji/contracts/notifications/schemas";

/** Whether something that is told of is a record, which belongs to somebody and is read by its own rules. */
export function isOwned(entity: NotificationSubject): entity is OwnedEntity {
  return ownedEntities.some((owned) => owned === entity);
}
