import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import { type Card, cardFields } from "@shangji/core/search/card";
import type { SearchDocument, SearchedField } from "@shangji/core/search/document";
import type { IndexedState } from "@shangji/core/search/indexed-state";
import { keysOf } from "@shangji/core/search/keys";
import { idAt, kindAt, type Place, placeOf } from "@shangji/core/search/place";
import type { IndexEntry, SearchLane } from "@shangji/core/search/ports";
import type { searchTableDefinition } from "./search-table.ts";

/**
 * How the index lies in the table: one item for each list that a version of a record stands in. The list is the partition,
 * `search#<kind>#<key>`; in it the records lie by their places, so the newest are read first. The same item stands in three
 * indexes, which make a list of all kinds, one of an owner and one of a team out of it.
 *
 * The version is part of the key, so no writer ever overwrites or deletes what another one has written for a later version.
 */
export interface EntryKey {
  pk: string;
  sk: string;
}

export const listPrefix = "search#";

export function listPartition(kind: OwnedEntity, key: string): string {
  return `${listPrefix}${kind}#${key}`;
}

type IndexName = (typeof searchTableDefinition)["indexes"][number]["name"];

export const indexOfLane: Record<Exclude<SearchLane["by"], "all">, { index: IndexName; attribute: string }> = {
  owner: { index: "byOwner", attribute: "ownerId" },
  team: { index: "byTeam", attribute: "teamId" },
};

export const indexOfAllKinds: IndexName = "byKey";

/** Keys of the entries of one version of a record. */
export function entryKeys(state: IndexedState): EntryKey[] {
  return listsOf(state).map(({ pk, sk }) => ({ pk, sk }));
}

function listsOf({ kind, id, version, document }: IndexedState): (EntryKey & { key: string })[] {
  if (document === null) return [];
  const sk = `${placeOf(id)}#${version}`;
  return keysOf(document).map((key) => ({ pk: listPartition(kind, key), sk, key }));
}

/** The record that an entry is of. */
export function recordIdOf({ sk }: EntryKey): string {
  return idAt(placeIn(sk));
}

function placeIn(sk: string): Place {
  return sk.slice(0, sk.lastIndexOf("#"));
}

/**
 * The entries of one version of a record. Each carries what the record is found by, so that most of what does not match is
 * known without reading it, and what is shown of it; of long texts only the beginning, so that a dozen entries take 4 KB at most.
 */
export function entryItems(state: IndexedState): Record<string, unknown>[] {
  const { kind, ownerId, teamId, document, card } = state;
  if (document === null) return [];
  const fields = Object.entries(document).map(([field, text]) => [attributes[field as SearchedField], beginning(text)]); // names of a document are fields
  const shown = card && cardFields[kind].map((field, at) => [cardAttributes[at], card[field]] as const);
  const common = { ...Object.fromEntries([...fields, ...(shown ?? [])]), ownerId, teamId };
  return listsOf(state).map((list) => ({ ...common, ...list }));
}

export function entryOf(item: Record<string, unknown>): IndexEntry {
  const document: SearchDocument = {};
  const cut = new Set<SearchedField>();
  for (const [field, attribute] of Object.entries(attributes)) {
    const text = item[attribute];
    if (typeof text !== "string") continue;
    document[field as SearchedField] = text; // keys of `attributes`
    if (text.length >= longestText) cut.add(field as SearchedField);
  }
  const { ownerId, teamId, sk } = item as { ownerId?: string; teamId?: string; sk: string }; // as entryItems writes them
  const place = placeIn(sk);
  return { place, ownerId, teamId, document, cut, card: cardIn(item, place) };
}

/** Undefined when the entry carries none. */
function cardIn(item: Record<string, unknown>, place: Place): Card | undefined {
  const [nameAttribute] = cardAttributes;
  if (typeof item[nameAttribute] !== "string") return undefined;
  const card: Card = { name: "" };
  cardFields[kindAt(place)].forEach((field, at) => {
    const text = item[cardAttributes[at] ?? ""];
    if (typeof text === "string") card[field] = text;
  });
  return card;
}

/** Of the fields of a card in their order. */
const cardAttributes = ["N", "S"] as const;

/** Short names: they are part of every entry. */
const attributes: Record<SearchedField, string> = {
  name: "n",
  company: "c",
  email: "e",
  phone: "p",
  website: "w",
  externalId: "x",
};
const longestText = 40;

/** By code points, so that no letter is cut in two; a text that is cut is as long as the longest, or longer. */
function beginning(text: string): string {
  return text.length < longestText ? text : Array.from(text).slice(0, longestText).join("");
}
