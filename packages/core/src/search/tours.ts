import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import { findable } from "../access/scopes.ts";
import type { Visibility } from "../access/viewer.ts";
import { documentOf, type SearchedField, searchedFields } from "./document.ts";
import { type Driver, driversOf } from "./keys.ts";
import type { Walk } from "./merge.ts";
import { idAt, type Place, placeOf } from "./place.ts";
import type { EntryList, FoundRecords, IndexEntry, SearchDeps, SearchLane } from "./ports.ts";
import type { Search, Sight } from "./sight.ts";
import { KnownRecords, Source } from "./source.ts";

/** Lists that a page begins with at most, but for those that hold everybody's records. */
const mostLists = 12;

/** Kinds whose records are walked through together, whose lists these are, and the ways to find what is looked for in them. */
interface Tour {
  kind: EntryList["kind"];
  sights: readonly Sight[];
  lanes: readonly SearchLane[];
  drivers: readonly Driver[][];
}

export function walksOf(search: Search, { index, records }: SearchDeps): Walk[] {
  const { after: below } = search;
  return toursOf(search).flatMap(({ kind, sights, lanes, drivers }) => {
    const sources = lanes.flatMap((lane) =>
      drivers.map((each) => new Source({ listOf: listsOf(kind, lane), drivers: each, index, below })),
    );
    // Everybody's lists hold what is shared, too.
    const known = lanes.includes(everybody) ? [] : sights.filter(({ visibility }) => visibility?.recordIds?.length);
    const shared = known.map(({ kind, visibility }) => {
      const places = (visibility?.recordIds ?? []).map(placeOf);
      return new KnownRecords({ places, entriesAt: entriesAt(kind, records[kind]), below });
    });
    return [...sources, ...shared];
  });
}

/** A tour of each kind; one of all kinds where everybody's records are to be gone through anyway. */
function toursOf({ readings, sights }: Search): Tour[] {
  const driversFor = (fields: readonly SearchedField[]) =>
    readings.map((terms) => driversOf(terms, fields)).filter(([first]) => first);
  const tours = sights.map((sight): Tour => {
    const { kind, fields, visibility } = sight;
    return { kind, sights: [sight], lanes: lanesOf(visibility), drivers: driversFor(fields) };
  });
  const lists = tours.reduce((sum, { lanes, drivers }) => sum + lanes.length * firstLists(drivers), 0);
  const isEverybodys = lists > mostLists || tours.every(({ lanes }) => lanes.includes(everybody));
  if (!isEverybodys) return tours;
  if (sights.length < findable.length) return tours.map((tour) => ({ ...tour, lanes: [everybody] }));
  const fields = [...new Set(sights.flatMap((sight) => sight.fields))];
  return [{ kind: "any", sights, lanes: [everybody], drivers: driversFor(fields) }];
}

/** How many lists are begun with. */
function firstLists(drivers: readonly Driver[][]): number {
  return drivers.reduce((sum, [first]) => sum + (first?.length ?? 0), 0);
}

const everybody = { by: "all" } as const satisfies SearchLane;

function lanesOf(visibility: Visibility): SearchLane[] {
  if (!visibility) return [everybody];
  const { ownerId, teamIds } = visibility;
  return [{ by: "owner", id: ownerId }, ...teamIds.map((id): SearchLane => ({ by: "team", id }))];
}

/** Lists of all kinds there are only of everybody's records. */
function listsOf(kind: EntryList["kind"], lane: SearchLane): (key: string) => EntryList {
  return (key) => (kind === "any" ? { kind, key, lane: everybody } : { kind, key, lane });
}

const entriesAt = (kind: OwnedEntity, records: FoundRecords) => async (places: readonly Place[]) => {
  const found = await records.getParts(places.map(idAt), searchedFields[kind]);
  return [...found.values()].map((record): IndexEntry => {
    const { id, ownerId, teamId } = record;
    return { place: placeOf(id), ownerId, teamId, document: documentOf(kind, { ...record }), cut: new Set() };
  });
};
