import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { SearchHit } from "@shangji/contracts/search/schemas";
import { hiddenFields } from "../access/field-rules.ts";
import { isInScope } from "../access/scopes.ts";
import { cardFields } from "./card.ts";
import { documentOf, type SearchDocument, searchedFields } from "./document.ts";
import { matchedField } from "./matching.ts";
import { idAt, kindAt } from "./place.ts";
import type { FoundRecord, IndexEntry, SearchDeps } from "./ports.ts";
import type { Search, Sight } from "./sight.ts";

/**
 * The hits among the candidates. Whoever may see all of a kind is shown what the entries say, which follow the records
 * within a second or so. For everybody else it is the records that tell, as they are now, whose they are and what is in them.
 */
export async function hitsOf(found: readonly IndexEntry[], search: Search, deps: SearchDeps): Promise<SearchHit[]> {
  const candidates = await candidatesOf(found, search, deps);
  const matches = candidates.flatMap(({ kind, record, document, sight }) => {
    const matched = matchedField(document, search.readings, sight);
    return matched ? [{ kind, record, matched }] : [];
  });
  const subtitleOf = await subtitles(matches, deps);
  return matches.map(({ kind, record, matched }): SearchHit => {
    const { id, name, ownerId, teamId } = record;
    return { entity: kind, id, name, subtitle: subtitleOf(kind, record), matched, ownerId, teamId };
  });
}

interface Candidate {
  kind: OwnedEntity;
  sight: Sight;
  record: FoundRecord;
  document: SearchDocument;
}

async function candidatesOf(found: readonly IndexEntry[], search: Search, deps: SearchDeps): Promise<Candidate[]> {
  const sightOf = new Map(search.sights.map((sight) => [sight.kind, sight]));
  const isTold = ({ place, card, cut }: IndexEntry) =>
    sightOf.get(kindAt(place))?.isWhole === true && card !== undefined && cut.size === 0;
  const stored = await recordsOf(
    found.filter((entry) => !isTold(entry)),
    search,
    deps,
  );
  return found.flatMap((entry): Candidate[] => {
    const { place, ownerId, teamId, document, card } = entry;
    const [id, kind] = [idAt(place), kindAt(place)];
    const sight = sightOf.get(kind);
    if (!sight) return [];
    if (card && isTold(entry)) return [{ kind, sight, record: { id, ownerId, teamId, ...card }, document }];
    const record = stored.get(id);
    return record ? [{ kind, sight, record, document: documentOf(kind, { ...record }) }] : [];
  });
}

/** The records of entries, as the caller may see them now. */
async function recordsOf(
  entries: readonly IndexEntry[],
  { sights }: Search,
  { records }: SearchDeps,
): Promise<Map<string, FoundRecord>> {
  const found = await Promise.all(
    sights.map(async ({ kind }) => {
      const ids = entries.filter(({ place }) => kindAt(place) === kind).map(({ place }) => idAt(place));
      if (ids.length === 0) return [];
      return [...(await records[kind].getParts(ids, [...cardFields[kind], ...searchedFields[kind]]))];
    }),
  );
  return new Map(found.flat());
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
  const accounts = ids.length > 0 && isReadable ? await records.account.getParts(ids, ["name"]) : undefined;
  return (kind, { accountId, industry, company }) => {
    if (kind === "account") return hides(kind, "industry") ? undefined : industry;
    if (kind === "lead") return hides(kind, "company") ? undefined : company;
    return accountId === undefined || hides(kind, "accountId") ? undefined : accounts?.get(accountId)?.name;
  };
}
