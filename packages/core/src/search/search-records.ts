import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import { idPrefixes } from "@shangji/contracts/kit/entities";
import type { SearchHit } from "@shangji/contracts/search/schemas";
import { hiddenFields } from "../access/field-rules.ts";
import { findable, isInScope } from "../access/scopes.ts";
import { type Belonging, isVisible, scopeOf, type Viewer, type Visibility, visibilityOf } from "../access/viewer.ts";
import { DomainError } from "../kit/domain-error.ts";
import type { ListPosition, Page, RecordStore, Stored } from "../kit/record.ts";
import { documentOf, type SearchedField, searchedFields } from "./document.ts";
import { type Driver, driversOf } from "./keys.ts";
import { matchedField } from "./matching.ts";
import { belowFor, type Candidate, merge, type Place, type Walk } from "./merge.ts";
import type { IndexEntry, SearchIndex, SearchLane } from "./ports.ts";
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
  const search = { readings: readQuery(q), sights: sightsOf(deps.viewer, entity), after: after as Place | undefined }; // made below
  const kinds = search.sights.map(({ kind }) => kind);
  const budget = { left: pageUnits - limit * unitsPerHit };
  const { found, next } = await merge(walksOf(search, deps), {
    limit,
    budget,
    after: search.after,
    kinds,
    accepts: ({ kind, entry }) => search.sights.some((sight) => sight.kind === kind && accepts(sight, entry, search)),
  });
  // What the index has cost beyond its part is saved on the hits.
  const affordable = Math.max(1, Math.floor((budget.left + limit * unitsPerHit) / unitsPerHit));
  const taken = found.slice(0, affordable);
  const items = await hitsOf(taken, search, deps);
  const last = taken.at(-1);
  const end = taken.length < found.length && last ? { kind: last.kind, at: last.entry.place } : next;
  return end ? { items, next: { ...end } } : { items };
}

/** What the caller may see of a kind. */
interface Sight {
  kind: OwnedEntity;
  visibility: Visibility;
  fields: readonly SearchedField[];
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
    return [{ kind, visibility: visibilityOf(viewer, access), fields }];
  });
}

function walksOf({ readings, sights, after }: Search, { index, records }: SearchDeps): Walk[] {
  const kinds = sights.map(({ kind }) => kind);
  const planned = sights.map((sight) => ({ sight, drivers: readings.map((terms) => driversOf(terms, sight.fields)) }));
  const lists = (plan: (typeof planned)[number]) =>
    lanesOf(plan.sight.visibility).length * plan.drivers.reduce((sum, [first]) => sum + (first?.length ?? 0), 0);
  const isTooMuch = planned.reduce((sum, plan) => sum + lists(plan), 0) > mostLists;
  return planned.flatMap(({ sight: { kind, visibility }, drivers }) => {
    const below = belowFor(kind, after, kinds);
    const lanes = isTooMuch ? [everybody] : lanesOf(visibility);
    const sources = lanes.flatMap((lane) =>
      drivers
        .filter(([first]) => first)
        .map((each: Driver[]) => new Source({ kind, lane, drivers: each, index, below })),
    );
    // Everybody's lists hold what is shared, too.
    const shared = lanes.includes(everybody) ? [] : (visibility?.recordIds ?? []);
    if (shared.length === 0) return sources;
    const places = shared.map(placeOf);
    return [...sources, new KnownRecords({ kind, places, entriesAt: entriesAt(kind, records[kind]), below })];
  });
}

const everybody: SearchLane = { by: "all" };

function lanesOf(visibility: Visibility): SearchLane[] {
  if (!visibility) return [everybody];
  const { ownerId, teamIds } = visibility;
  return [{ by: "owner", id: ownerId }, ...teamIds.map((id): SearchLane => ({ by: "team", id }))];
}

function accepts({ kind, visibility, fields }: Sight, entry: IndexEntry, { readings }: Search): boolean {
  const { place, ownerId, teamId, document, cut } = entry;
  if (!isVisible(visibility, { id: idAt(kind, place), ownerId, teamId })) return false;
  return matchedField(document, readings, { fields, cut }) !== undefined;
}

const entriesAt = (kind: OwnedEntity, records: Records) => async (places: readonly string[]) => {
  const found = await records.getMany(places.map((place) => idAt(kind, place)));
  return [...found.values()].map((record): IndexEntry => {
    const { ownerId, teamId } = record;
    return { place: placeOf(record.id), ownerId, teamId, document: documentOf(kind, { ...record }), cut: new Set() };
  });
};

/** The hits among the candidates, from the records as they are now. */
async function hitsOf(
  found: readonly Candidate[],
  { readings, sights }: Search,
  deps: SearchDeps,
): Promise<SearchHit[]> {
  const stored = new Map<string, Stored<FoundRecord>>();
  await Promise.all(
    sights.map(async ({ kind }) => {
      const ids = found.filter((each) => each.kind === kind).map(({ entry }) => idAt(kind, entry.place));
      if (ids.length === 0) return;
      for (const [id, record] of await deps.records[kind].getMany(ids)) stored.set(id, record);
    }),
  );
  const matches = found.flatMap(({ kind, entry }) => {
    const record = stored.get(idAt(kind, entry.place));
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

function placeOf(id: string): string {
  return id.slice(id.indexOf("_") + 1);
}

function idAt(kind: OwnedEntity, place: string): string {
  return `${idPrefixes[kind]}_${place}`;
}
