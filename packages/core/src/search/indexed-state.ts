import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { ChangedRecord, RecordChange } from "../events/record-change.ts";
import { type Card, cardOf } from "./card.ts";
import { documentOf, type SearchDocument, searchedFields } from "./document.ts";

/** A version of a record as the index is to hold it. */
export interface IndexedState {
  kind: OwnedEntity;
  id: string;
  version: number;
  ownerId?: string | undefined;
  teamId?: string | undefined;
  /** Null when the record is deleted: then it stands in no list. */
  document: SearchDocument | null;
  /** What is shown of it, unless that is too long for an entry. */
  card?: Card | undefined;
}

/** What the index must hold after a write; undefined when the write changes nothing that it holds, as most do. */
export function indexedChange({ kind, before, after }: RecordChange): IndexedState | undefined {
  if (!isSearched(kind)) return undefined;
  const state = indexedState(kind, after);
  return before && isSame(indexedState(kind, before), state) ? undefined : state;
}

export function indexedState(kind: OwnedEntity, record: ChangedRecord): IndexedState {
  const { id, version, ownerId, teamId, deletedAt } = record;
  if (deletedAt !== undefined) return { kind, id, version, document: null };
  return {
    kind,
    id,
    version,
    ownerId: typeof ownerId === "string" ? ownerId : undefined,
    teamId: typeof teamId === "string" ? teamId : undefined,
    document: documentOf(kind, record),
    card: cardOf(kind, record),
  };
}

function isSearched(kind: string): kind is OwnedEntity {
  return Object.hasOwn(searchedFields, kind);
}

function isSame(left: IndexedState, right: IndexedState): boolean {
  const shown = ({ ownerId, teamId, document, card }: IndexedState) =>
    JSON.stringify([ownerId, teamId, document, card]);
  return shown(left) === shown(right);
}
