import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { Belonging, Viewer } from "../access/viewer.ts";
import type { Card } from "./card.ts";
import type { SearchDocument } from "./document.ts";
import type { CutFields } from "./matching.ts";
import type { Place } from "./place.ts";

/** Whose records a list holds. */
export type SearchLane = { by: "all" } | { by: "owner" | "team"; id: string };

/** One list of the index: the records that have a key in common, of one kind or, as far as it is everybody's, of all. */
export type EntryList = { key: string } & (
  | { kind: OwnedEntity; lane: SearchLane }
  | { kind: "any"; lane: Extract<SearchLane, { by: "all" }> }
);

/** A record in a list. What is in it may be a moment old. */
export interface IndexEntry {
  place: Place;
  ownerId?: string | undefined;
  teamId?: string | undefined;
  /** What the record is found by, whichever list this is. */
  document: SearchDocument;
  /** Fields that the document holds only the beginning of. */
  cut: CutFields;
  /** What is shown of the record, unless that is too long for an entry. */
  card?: Card | undefined;
}

export interface ListPart {
  /** Newest first. */
  entries: IndexEntry[];
  /** The last place that was looked at; undefined if none was. */
  downTo: Place | undefined;
  /** What reading has cost. */
  readUnits: number;
  /** Whether the list ends here. */
  isLast: boolean;
}

/** The index of all searched records, which follows their changes within seconds. */
export interface SearchIndex {
  /** At most `most` entries of a list, from the newest or from below a place on. */
  read(list: EntryList, from: { below?: Place | undefined; most: number }): Promise<ListPart>;
}

/** What a search needs of a record, whatever its kind; it is found by more. */
export interface FoundRecord extends Belonging, Card {
  id: string;
}

export interface FoundRecords {
  /** Of each record that is there its id, whose it is, and the given fields, as far as it has them. */
  getParts(ids: readonly string[], fields: readonly string[]): Promise<Map<string, FoundRecord>>;
}

export interface SearchDeps {
  index: SearchIndex;
  /** Stores as the caller sees them. */
  records: Record<OwnedEntity, FoundRecords>;
  viewer: Viewer;
}
