import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { SearchHit } from "@shangji/contracts/search/schemas";
import { hiddenFields } from "../access/field-rules.ts";
import { findable, isInScope } from "../access/scopes.ts";
import { type Belonging, isVisible, scopeOf, type Viewer, type Visibility, visibilityOf } from "../access/viewer.ts";
import { DomainError } from "../kit/domain-error.ts";
import type { ListPosition, Page, RecordStore, Stored } from "../kit/record.ts";
import { documentOf, type SearchedField, searchedFields } from "./document.ts";
import { type Driver, driversOf, keysOf } from "./keys.ts";
import { matchedField } from "./matching.ts";
import { merge, type Walk } from "./merge.ts";
import { idAt, kindAt, type Place, placeOf } from "./place.ts";
import type { EntryList, IndexEntry, SearchIndex, SearchLane } from "./ports.ts";
import { readQuery, type Terms } from "./query.ts";
import { KnownRecords, Source } from "./source.ts";

/** What a search needs of a record, whatever its kind; it is found by more. */
export interface FoundRecord extends Belonging {
  id: string;
  name: string;
  updatedAt: string;
  accountId?: string | undefined;
  industry?: string | undefined;
  company?: string | undefined;
}

type Records = Pick<RecordStore<FoundRecord>, "getMany">;

export interface SearchDeps {
  index: SearchIndex;
  /** Stores as the caller sees them. */
  records: Record<OwnedEntity, Records>;
  viewer: Viewer;
}

/** What a page costs at most, in read units, as long as no record is larger than 4 KB. */
const pageUnits = 30;
/** A hit is read, and the account that it belongs to. */
const unitsPerHit = 1;

/** Lists that a page begins with at most, but for those that hold everybody's records. */
const mostLists = 12;

/**
 * The newest records that a query finds, of those that the caller may see and by fields that the caller may see. The index
 * only proposes: what is shown was read from the records themselves.
 * @throws DomainError `forbidden` when the query names a kind that the caller may not read
 */
export async function searchRecords(
  {
    query: { q, entity, limit },
    after,
  }: {
    query: { q: string; entity?: readonly OwnedEntity[] | undefined; limit: number };
    after?: ListPosition | undefined;
  },
  deps: SearchDeps,
): Promise<Page<SearchHit>> {
  const place = after?.at as Place | undefined; // made below
  const search = { readings: readQuery(q), sights: sightsOf(deps.viewer, entity), after: place };
  const budget = { left: pageUnits - limit * unitsPerHit };
  const sightOf = ({ place }: IndexEntry) => search.sights.find(({ kind }) => kind === kindAt(place));
  const { found, next } = await merge(walksOf(search, deps), {
    limit,
    budget,
    after: place,
    accepts: (entry) => accepts(sightOf(entry), entry, search.readings),
    shows: (entry, key) => shows(sightOf(entry), entry, key),
  });
  // What the index has cost beyond its part is saved on the hits.
  const affordable = Math.max(1, Math.floor((budget.left + limit * unitsPerHit) / unitsPerHit));
  const taken = found.slice(0, affordable);
  const items = await hitsOf(taken, search, deps);
  const end = taken.length < found.length ? taken.at(-1)?.place : next;
  return end === undefined ? { items } : { items, next: { at: end } };
}

/** What the caller may see of a kind. */
interface Sight {
  kind: OwnedEntity;
  visibility: Visibility;
  fields: readonly SearchedField[];
  /** Whether it is found by more than the caller may see. */
  hidesFields: boolean;
}

interface Search {
  readings: readonly Terms[];
  sights: readonly Sight[];
  after: Place | undefined;
}

function sightsOf(viewer: Viewer, entities: readonly OwnedEntity[] | undefined): Sight[] {
  return (entities ?? findable).flatMap((kind): Sight[] => {
    const access = { entity: kind, action: "read" } as const;
    const isReadable = scopeOf(viewer, access) !== "none" && isInScope(viewer.actor.scopes, access);
    if (!isReadable && entities)
      throw new DomainError("forbidden", "Your role does not let you read this kind of record.");
    if (!isReadable) return [];
    const hidden = hiddenFields(viewer, kind);
    const fields = searchedFields[kind].filter((field) => !hidden.has(field));
    const hidesFields = fields.length < searchedFields[kind].length;
    return [{ kind, visibility: visibilityOf(viewer, access), fields, hidesFields }];
  });
}

/** Kinds whose records are walked through together, whose lists these are, and the ways to find what is looked for in them. */
interface Tour {
  kind: EntryList["kind"];
  sights: readonly Sight[];
  lanes: readonly SearchLane[];
  drivers: readonly Driver[][];
}

function walksOf(search: Search, { index, records }: SearchDeps): Walk[] {
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

function isSeen({ visibility }: Sight, { place, ownerId, teamId }: IndexEntry): boolean {
  return isVisible(visibility, { id: idAt(place), ownerId, teamId });
}

function accepts(sight: Sight | undefined, entry: IndexEntry, readings: readonly Terms[]): boolean {
  if (!sight || !isSeen(sight, entry)) return false;
  const { document, cut } = entry;
  return matchedField(document, readings, { fields: sight.fields, cut }) !== undefined;
}

/** Whether the caller may know that the entry stands in the list of a key: sees the record, and a field that puts it there. */
function shows(sight: Sight | undefined, entry: IndexEntry, key: string | undefined): boolean {
  if (!sight || !isSeen(sight, entry)) return false;
  if (!sight.hidesFields || key === undefined) return true;
  const { document, cut } = entry;
  const seen = sight.fields.map((field) => [field, document[field]] as const);
  return sight.fields.some((field) => cut.has(field)) || keysOf(Object.fromEntries(seen)).includes(key);
}

const entriesAt = (kind: OwnedEntity, records: Records) => async (places: readonly Place[]) => {
  const found = await records.getMany(places.map(idAt));
  return [...found.values()].map((record): IndexEntry => {
    const { id, ownerId, teamId } = record;
    return { place: placeOf(id), ownerId, teamId, document: documentOf(kind, { ...record }), cut: new Set() };
  });
};

/** The hits among the candidates, from the records as they are now. */
async function hitsOf(
  found: readonly IndexEntry[],
  { readings, sights }: Search,
  deps: SearchDeps,
): Promise<SearchHit[]> {
  const stored = new Map<string, Stored<FoundRecord>>();
  await Promise.all(
    sights.map(async ({ kind }) => {
      const ids = found.filter(({ place }) => kindAt(place) === kind).map(({ place }) => idAt(place));
      if (ids.length === 0) return;
      for (const [id, record] of await deps.records[kind].getMany(ids)) stored.set(id, record);
    }),
  );
  const matches = found.flatMap(({ place }) => {
    const kind = kindAt(place);
    const record = stored.get(idAt(place));
    const sight = sights.find((each) => each.kind === kind);
    const matched = record && sight && matchedField(documentOf(kind, { ...record }), readings, sight);
    return matched ? [{ kind, record, matched }] : [];
  });
  const subtitleOf = await subtitles(matches, deps);
  return matches.map(({ kind, record, matched }): SearchHit => {
    const { id, name, ownerId, teamId, updatedAt } = record;
    return { entity: kind, id, name, subtitle: subtitleOf(kind, record), matched, ownerId, teamId, updatedAt };
  });
}

/** The industry of an account, the company of a lead, and the account of all others, as far as the caller may see it. */
async function subtitles(
  matches: readonly { kind: OwnedEntity; record: FoundRecord }[],
  { records, viewer }: SearchDeps,
): Promise<(kind: OwnedEntity, record: FoundRecord) => string | undefined> {
  const hides = (kind: OwnedEntity, field: string) => hiddenFields(viewer, kind).has(field);
  const ids = matches.flatMap(({ kind, record: { accountId } }) =>
    kind === "account" || accountId === undefined || hides(kind, "accountId") ? [] : [accountId],
  );
  const isReadable = isInScope(viewer.actor.scopes, { entity: "account", action: "read" });
  const accounts = ids.length > 0 && isReadable ? await records.account.getMany(ids) : undefined;
  return (kind, { accountId, industry, company }) => {
    if (kind === "account") return hides(kind, "industry") ? undefined : industry;
    if (kind === "lead") return hides(kind, "company") ? undefined : company;
    return accountId === undefined || hides(kind, "accountId") ? undefined : accounts?.get(accountId)?.name;
  };
}
