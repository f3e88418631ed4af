import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import { idPrefixes } from "@shangji/contracts/kit/entities";
import { searchedFields } from "./document.ts";

/**
 * Where a record stands in all lists: `<ULID>#<prefix of its kind>`. Lists are read from the greatest place down, so the newest
 * record comes first, and of one instant the kinds have an order of their own.
 */
export type Place = string;

export function placeOf(id: string): Place {
  const separator = id.indexOf("_");
  return `${id.slice(separator + 1)}#${id.slice(0, separator)}`;
}

export function idAt(place: Place): string {
  const [ulid, prefix] = place.split("#");
  return `${prefix}_${ulid}`;
}

const searchedKinds = Object.keys(searchedFields) as OwnedEntity[]; // a line for each kind, and no other
const kinds = new Map<string, OwnedEntity>(searchedKinds.map((kind) => [idPrefixes[kind], kind]));

/** The kind of the record that stands at a place. */
export function kindAt(place: Place): OwnedEntity {
  const kind = kinds.get(place.slice(place.indexOf("#") + 1));
  if (!kind) throw new Error(`no searched kind stands at ${place}`);
  return kind;
}
