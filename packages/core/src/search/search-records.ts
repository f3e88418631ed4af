import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { SearchHit } from "@shangji/contracts/search/schemas";
import type { ListPosition, Page } from "../kit/record.ts";
import { hitsOf } from "./hits.ts";
import { merge } from "./merge.ts";
import { kindAt, type Place } from "./place.ts";
import type { IndexEntry, SearchDeps } from "./ports.ts";
import { readQuery } from "./query.ts";
import { accepts, shows, sightsOf } from "./sight.ts";
import { walksOf } from "./tours.ts";

/** What a page costs at most, in read units, as long as no record is larger than 4 KB. */
const pageUnits = 30;
/** A hit is read, and the account that it belongs to. */
const unitsPerHit = 1;

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
