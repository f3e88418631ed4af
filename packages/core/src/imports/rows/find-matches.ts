import type { User } from "@shangji/contracts/people/schemas";
import { foldName } from "../../kit/fold.ts";
import type { StoredRecord } from "../../kit/record.ts";
import type { Match } from "../entities/importer.ts";
import { type ImportJob, kindOf, madeId } from "../job.ts";
import type { ImportRecords } from "../ports.ts";
import type { Known } from "../references/references.ts";
import type { Judge } from "./judge.ts";
import { emailKey, externalKey, nameKey } from "./keys.ts";

/** What a row's match leads to. */
export interface Found {
  /** The existing record. */
  record?: StoredRecord | undefined;
  /** Id of the record that has claimed the row's key and is another one, or is not stored: always so in a dry run. */
  claimedId?: string | undefined;
  /** A record that the sender may not see has one of the row's unique values. */
  isTaken?: boolean | undefined;
  /** Several records have the name. */
  ambiguous?: boolean | undefined;
}

/** Ids that a row may mean, the surest first, before the records are read. */
interface Candidates {
  /** The record that has the row's external id, as its own or that of one that was merged into it. */
  external: string | undefined;
  unique: readonly string[];
  claimed: string | undefined;
  named: readonly string[];
}

interface Lookup {
  job: ImportJob;
  known: Known;
  judge: Judge;
  records: ImportRecords;
}

/**
 * Looks up the records that rows mean, all rows at once; the answers are in the order of `rows`. What the sender may not see is
 * not there, but for what the row itself has made.
 */
export async function findMatches(rows: readonly { row: number; match: Match }[], lookup: Lookup): Promise<Found[]> {
  const matches = rows.map(({ match }) => match);
  const { job, judge } = lookup;
  const kind = kindOf[job.entity];
  const candidates = await candidatesOf(matches, lookup);
  const ids = candidates.flatMap(({ unique, claimed, named }) => [...unique, ...named, ...(claimed ? [claimed] : [])]);
  const stored = await lookup.records.getMany(kind, [...new Set(ids)]);
  return rows.map(({ row, match }, index) => {
    const isSeen = (record: StoredRecord) => judge.sees(kind, record) || record.id === madeId(kind, job, row);
    return choose(candidates[index] ?? none, match, { stored, isSeen });
  });
}

async function candidatesOf(matches: readonly Match[], { job, known, records }: Lookup): Promise<Candidates[]> {
  const kind = kindOf[job.entity];
  const externalValue = (id: string) => `${job.options.externalIdSource}#${id}`;
  const present = (values: (string | undefined)[]) => values.filter((value) => value !== undefined);
  const [externals, emails, claims, accounts] = await Promise.all([
    records.findByUnique(kind, "externalId", present(matches.map(({ externalId }) => externalId)).map(externalValue)),
    records.findByUnique(kind, "email", present(matches.map(({ email }) => email))),
    records.claimed(
      job.id,
      matches.flatMap((match) => claimKeys(job, match)),
    ),
    kind === "account"
      ? records.findAccountsByName(present(matches.map(({ name }) => name)))
      : new Map<string, string[]>(),
  ]);
  const namesakes = (name: string) =>
    kind === "account"
      ? (accounts.get(name) ?? [])
      : (kind === "user" ? known.users : known.products).named(name).map(({ id }) => id);
  return matches.map((match) => ({
    external: match.externalId === undefined ? undefined : externals.get(externalValue(match.externalId)),
    unique: present([
      match.externalId === undefined ? undefined : externals.get(externalValue(match.externalId)),
      match.email === undefined ? undefined : emails.get(match.email),
    ]),
    claimed: claimKeys(job, match).flatMap((key) => claims.get(key) ?? [])[0],
    // A row with an external id never means a record by its name alone, unless this import has just made it.
    named: match.externalId !== undefined || match.name === undefined ? [] : namesakes(match.name),
  }));
}

function claimKeys(job: ImportJob, { externalId, email, name }: Match): string[] {
  const kind = kindOf[job.entity];
  if (job.dryRun && externalId !== undefined) return [externalKey(kind, externalId)];
  return [
    ...(job.dryRun && email !== undefined ? [emailKey(kind, email)] : []),
    ...(name === undefined ? [] : [nameKey(kind, name)]),
  ];
}

const none: Candidates = { external: undefined, unique: [], claimed: undefined, named: [] };

function choose(
  { external: holder, unique, claimed, named }: Candidates,
  match: Match,
  { stored, isSeen }: { stored: ReadonlyMap<string, StoredRecord>; isSeen(record: StoredRecord): boolean },
): Found {
  const holders = unique.flatMap((id) => stored.get(id) ?? []);
  if (!holders.every(isSeen)) return { isTaken: true };
  const merged = holder === undefined ? undefined : stored.get(holder);
  if (merged?.absorbed?.length) return { record: merged };
  const [external] = holders.filter((record) => mayBe(record, match));
  if (external) return { record: external };
  const byName = [...(claimed === undefined ? [] : [claimed]), ...named].flatMap((id) => stored.get(id) ?? []);
  // The index of names lags behind a little, so what it gives is compared again.
  const same = byName.filter(
    (record) => isSeen(record) && foldName(nameOf(record)) === match.name && mayBe(record, match),
  );
  const [record, second] = new Map(same.map((one) => [one.id, one])).values();
  if (second) return { ambiguous: true };
  return record ? { record } : { claimedId: claimed };
}

/** Two users who share a name and differ in e-mail or external id are two people. Other kinds are one by their name. */
function mayBe(record: StoredRecord, match: Match): boolean {
  const { email, externalId } = record as Partial<Pick<User, "email" | "externalId">>; // absent from the other kinds
  const differ = (left: string | undefined, right: string | undefined) =>
    left !== undefined && right !== undefined && left.toLowerCase() !== right.toLowerCase();
  return !differ(email, match.email) && !differ(externalId?.id, match.externalId);
}

const nameOf = (record: StoredRecord) => String((record as { name?: unknown }).name ?? ""); // any record may be read by name
