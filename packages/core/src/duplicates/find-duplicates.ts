import type { Duplicate } from "@shangji/contracts/duplicates/schemas";
import { found } from "../kit/domain-error.ts";
import type { RecordStore, Stored } from "../kit/record.ts";
import { type ComparedEntity, type ComparedFields, type MatchKey, matchKeysOf } from "./match-keys.ts";
import type { Match, MatchStore } from "./ports.ts";

/** As many as anyone would look at. */
const mostShown = 20;

/** What every record that is compared has. */
export type Compared = ComparedFields & { id: string; name: string };

export interface FindDeps<T> {
  records: MatchStore<T>;
  /** Records of another kind that are shown beside them. */
  others?: MatchStore<Compared>;
  /** Where phone numbers without a country code belong. */
  country: string;
}

/** Records with the given keys, but for the one that is asked about. */
export async function matchesOf<T extends Compared>(
  keys: readonly MatchKey[],
  records: MatchStore<T>,
  ownId?: string,
): Promise<(Match<T> & { key: MatchKey })[]> {
  const found = await Promise.all(
    keys.map(async (key) => (await records.findMatches(key)).map((match) => ({ ...match, key }))),
  );
  return found.flat().filter(({ record }) => record.id !== ownId);
}

/** Matches as the caller is shown them: one entry for each record that may be read, those with most keys first. */
export function shownDuplicates<T extends Compared>(matches: readonly (Match<T> & { key: MatchKey })[]): Duplicate[] {
  const shown = new Map<string, Duplicate>();
  for (const { record, isReadable, key } of matches) {
    if (!isReadable) continue;
    const known = shown.get(record.id);
    if (known) known.matchedBy.push(key.by);
    else shown.set(record.id, { id: record.id, name: record.name, matchedBy: [key.by] });
  }
  return [...shown.values()].sort((left, right) => right.matchedBy.length - left.matchedBy.length).slice(0, mostShown);
}

/** Records that look like what is described, before it is added. */
export async function findDuplicates<T extends Compared>(
  { entity, fields }: { entity: ComparedEntity; fields: ComparedFields },
  deps: FindDeps<T>,
): Promise<{ items: Duplicate[] }> {
  return { items: await likeness(await matchKeysOf(entity, fields, deps.country), deps) };
}

async function likeness<T extends Compared>(
  keys: readonly MatchKey[],
  { records, others }: FindDeps<T>,
  ownId?: string,
): Promise<Duplicate[]> {
  const [matches, elsewhere] = await Promise.all([
    matchesOf(keys, records, ownId),
    others ? matchesOf(keys, others) : [],
  ]);
  return shownDuplicates([...matches, ...elsewhere]);
}

/**
 * Records that look like a stored one. What the caller may not see of it is not compared either.
 * @throws DomainError `not_found`
 */
export async function duplicatesOf<T extends Compared>(
  { entity, id }: { entity: ComparedEntity; id: string },
  deps: FindDeps<T> & { records: Pick<RecordStore<T>, "get">; hidden: ReadonlySet<string> },
): Promise<{ items: Duplicate[] }> {
  const { records, country, hidden } = deps;
  const record: Stored<T> = await found(records.get(id));
  const keys = (await matchKeysOf(entity, record, country)).filter(({ by }) => !hidden.has(by));
  return { items: await likeness(keys, deps, id) };
}
