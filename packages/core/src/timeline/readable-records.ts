import { type Viewer, type Visibility, visibilityOf } from "../access/viewer.ts";
import { notFound } from "../kit/domain-error.ts";
import { entityOf } from "../kit/ids.ts";

/** Which records of a record's kind the caller may read: a timeline is read with its record. @throws DomainError `not_found` */
export function readableLike(recordId: string, viewer: Viewer): Visibility {
  const entity = entityOf(recordId);
  // These are no records with an owner.
  if (!entity || entity === "merge" || entity === "deactivation" || entity === "form" || entity === "pool")
    throw notFound();
  return visibilityOf(viewer, { entity, action: "read" });
}
