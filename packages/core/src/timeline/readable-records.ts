import type { Entity } from "@shangji/contracts/kit/entities";
import { type Viewer, type Visibility, visibilityOf } from "../access/viewer.ts";
import { notFound } from "../kit/domain-error.ts";
import { entityOf } from "../kit/ids.ts";

/** Which records of a record's kind the caller may read: a timeline is read with its record. @throws DomainError `not_found` */
export function readableLike(recordId: string, viewer: Viewer): Visibility {
  const entity = entityOf(recordId);
  if (!entity || isWithoutRules(entity)) throw notFound();
  return visibilityOf(viewer, { entity, action: "read" });
}

const withoutRules = ["merge", "deactivation", "form", "notification", "pool"] as const;

/** What is part of a record, of the organisation or of an inbox, and no record with an owner. */
function isWithoutRules(entity: Entity): entity is (typeof withoutRules)[number] {
  return withoutRules.some((each) => each === entity);
}
