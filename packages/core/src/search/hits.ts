import type { OwnedEntity } from "@shangji/contracts/access/schemas";
import type { SearchHit } from "@shangji/contracts/search/schemas";
import { hiddenFields } from "../access/field-rules.ts";
import { isInScope } from "../access/scopes.ts";
import { documentOf, searchedFields } from "./document.ts";
import { matchedField } from "./matching.ts";
import { idAt, kindAt } from "./place.ts";
import type { FoundRecord, IndexEntry, SearchDeps } from "./ports.ts";
import type { Search } from "./sight.ts";

/** What is shown of a hit, whatever its kind. */
const shownFields = ["name", "updatedAt", "accountId", "industry", "company"] satisfies (keyof FoundRecord)[];

/** The hits among the candidates, from the records as they are now. */
export async function hitsOf(
  found: readonly IndexEntry[],
  { readings, sights }: Search,
  deps: SearchDeps,
): Promise<SearchHit[]> {
  const stored = new Map<string, FoundRecord>();
  await Promise.all(
    sights.map(async ({ kind }) => {
      const ids = found.filter(({ place }) => kindAt(place) === kind).map(({ place }) => idAt(place));
      if (ids.length === 0) return;
      for (const [id, record] of await deps.records[kind].getParts(ids, [...shownFields, ...searchedFields[kind]]))
        stored.set(id, record);
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
  const accounts = ids.length > 0 && isReadable ? await records.account.getParts(ids, ["name"]) : undefined;
  return (kind, { accountId, industry, company }) => {
    if (kind === "account") return hides(kind, "industry") ? undefined : industry;
    if (kind === "lead") return hides(kind, "company") ? undefined : company;
    return accountId === undefined || hides(kind, "accountId") ? undefined : accounts?.get(accountId)?.name;
  };
}
