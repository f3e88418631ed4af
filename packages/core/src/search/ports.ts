import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { SearchDocument } from "./document.ts";
import type { CutFields } from "./matching.ts";

/** Whose records a list holds. */
export type SearchLane = { by: "all" } | { by: "owner" | "team"; id: string };

/** One list of the index: the records of a kind that have a key in common. */
export interface EntryList {
  kind: OwnedEntity;
  key: string;
  lane: SearchLane;
}

/** A record in a list. What is in it may be a moment old. */
export interface IndexEntry {
  /** Where the record stands in every list: the ULID of its id. */
  place: string;
  ownerId?: string | undefined;
  teamId?: string | undefined;
  /** What the record is found by, whichever list this is. */
  document: SearchDocument;
  /** Fields that the document holds only the beginning of. */
  cut: CutFields;
}

export interface ListPart {
  /** Newest first. */
  entries: IndexEntry[];
  /** The last place that was looked at; undefined if none was. */
  downTo: string | undefined;
  /** What reading has cost. */
  readUnits: number;
  /** Whether the list ends here. */
  isLast: boolean;
}

/** The index of all searched records, which follows their changes within seconds. */
export interface SearchIndex {
  /** At most `most` entries of a list, from the newest or from below a place on. */
  read(list: EntryList, from: { below?: string | undefined; most: number }): Promise<ListPart>;
}
