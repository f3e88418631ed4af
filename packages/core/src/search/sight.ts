import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import { hiddenFields } from "../access/field-rules.ts";
import { findable, isInScope } from "../access/scopes.ts";
import { isVisible, scopeOf, type Viewer, type Visibility, visibilityOf } from "../access/viewer.ts";
import { DomainError } from "../kit/domain-error.ts";
import { cardFields } from "./card.ts";
import { type SearchedField, searchedFields } from "./document.ts";
import { keysOf } from "./keys.ts";
import { matchedField } from "./matching.ts";
import { idAt, type Place } from "./place.ts";
import type { IndexEntry } from "./ports.ts";
import type { Terms } from "./query.ts";

/** What the caller may see of a kind. */
export interface Sight {
  kind: OwnedEntity;
  visibility: Visibility;
  fields: readonly SearchedField[];
  /** Whether it is found by more than the caller may see. */
  hidesFields: boolean;
  /** Whether the caller may see every record of the kind, with all that it is found by and that is shown of it. */
  isWhole: boolean;
}

export interface Search {
  readings: readonly Terms[];
  sights: readonly Sight[];
  after: Place | undefined;
}

export function sightsOf(viewer: Viewer, entities: readonly OwnedEntity[] | undefined): Sight[] {
  return (entities ?? findable).flatMap((kind): Sight[] => {
    const access = { entity: kind, action: "read" } as const;
    const isReadable = scopeOf(viewer, access) !== "none" && isInScope(viewer.actor.scopes, access);
    if (!isReadable && entities)
      throw new DomainError("forbidden", "Your role does not let you read this kind of record.");
    if (!isReadable) return [];
    const hidden = hiddenFields(viewer, kind);
    const fields = searchedFields[kind].filter((field) => !hidden.has(field));
    const hidesFields = fields.length < searchedFields[kind].length;
    const visibility = visibilityOf(viewer, access);
    const isWhole = !visibility && !hidesFields && !cardFields[kind].some((field) => hidden.has(field));
    return [{ kind, visibility, fields, hidesFields, isWhole }];
  });
}

function isSeen({ visibility }: Sight, { place, ownerId, teamId }: IndexEntry): boolean {
  return isVisible(visibility, { id: idAt(place), ownerId, teamId });
}

export function accepts(sight: Sight | undefined, entry: IndexEntry, readings: readonly Terms[]): boolean {
  if (!sight || !isSeen(sight, entry)) return false;
  const { document, cut } = entry;
  return matchedField(document, readings, { fields: sight.fields, cut }) !== undefined;
}

/** Whether the caller may know that the entry stands in the list of a key: sees the record, and a field that puts it there. */
export function shows(sight: Sight | undefined, entry: IndexEntry, key: string | undefined): boolean {
  if (!sight || !isSeen(sight, entry)) return false;
  if (!sight.hidesFields || key === undefined) return true;
  const { document, cut } = entry;
  const seen = sight.fields.map((field) => [field, document[field]] as const);
  return sight.fields.some((field) => cut.has(field)) || keysOf(Object.fromEntries(seen)).includes(key);
}
