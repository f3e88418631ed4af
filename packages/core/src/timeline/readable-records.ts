import type { Entity } from "@shangji/contracts/kit/entities";
import type { Note } from "@shangji/contracts/timeline/schemas";
import { scopeOf, type Viewer, type Visibility, visibilityOf } from "../access/viewer.ts";
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

/** Whether the policy lets the caller read a note on a record that the caller may read: all of them, or the caller's own. */
export function mayReadNote({ authorId }: Pick<Note, "authorId">, viewer: Viewer): boolean {
  const scope = scopeOf(viewer, { entity: "note", action: "read" });
  return scope === "all" || (scope === "own" && authorId === viewer.actor.userId);
}
