import type { Duplicate, DuplicateAction, DuplicateRules } from "@shangji/contracts/duplicates/schemas";
import { DomainError } from "../kit/domain-error.ts";
import type { UniqueValue, Unshown } from "../kit/record.ts";
import { matchPrefix } from "../kit/value-taken.ts";
import { type Compared, matchesOf, shownDuplicates } from "./find-duplicates.ts";
import { type ComparedEntity, type ComparedFields, type MatchKey, matchKeysOf } from "./match-keys.ts";
import { defaultDuplicateRules } from "./policy.ts";
import type { DuplicatePolicies, MatchStore } from "./ports.ts";

export interface DuplicateCheck {
  policies: Pick<DuplicatePolicies, "cached">;
  /** Where phone numbers without a country code belong. */
  country: string;
}

/** What a write of a record must carry so that it can be compared, and what it is like. */
export interface Checked {
  marks: Marks;
  /** Likely duplicates that the caller may read. */
  duplicates: Duplicate[];
}

/** What follows from a record's keys. */
export interface Marks {
  phoneKey: string | null;
  /** The keys that the record keeps for itself. */
  held: readonly UniqueValue[];
}

/** Marks as a patch: what the record holds for other reasons stays. */
export function marksPatch(
  { phoneKey, held }: Marks,
  before?: Unshown,
): { phoneKey: string | null; held: readonly UniqueValue[] | null } {
  const others = (before?.held ?? []).filter(({ field }) => !field.startsWith(matchPrefix));
  const all = [...others, ...held];
  return { phoneKey, held: all.length > 0 ? all : null };
}

interface Written<T> {
  entity: ComparedEntity;
  /** The record as it will be. */
  after: ComparedFields & { id?: string | undefined };
  /** As it is; a new one, and one that comes back, is not there yet. */
  before?: (T & Unshown) | undefined;
}

/**
 * Looks for duplicates of a record that is about to be written, by the keys that the write gives it. Where the policy refuses,
 * the write also takes the key for the record, in its own transaction: so of equal records that are written at once only one is.
 * `others` are records of another kind that may be the same person: they are told of, and stand in nobody's way.
 * @throws DomainError `duplicate`, with the records that the caller may read
 */
export async function checkDuplicates<T extends Compared>(
  { entity, before, after }: Written<T>,
  { policies, country, records, others }: DuplicateCheck & { records: MatchStore<T>; others?: MatchStore<Compared> },
): Promise<Checked> {
  const policy: Partial<DuplicateRules> | undefined = await policies.cached(); // a policy may be older than a kind
  const rules: Readonly<Record<string, DuplicateAction>> = policy?.[entity] ?? defaultDuplicateRules[entity];
  const keys = await matchKeysOf(entity, after, country);
  const former = before ? await matchKeysOf(entity, before, country) : [];
  const brought = keys.filter((key) => !former.some(({ by, value }) => by === key.by && value === key.value));
  const asked = brought.filter(({ by }) => rules[by] !== "allow");
  const [matches, elsewhere] = await Promise.all([
    matchesOf(asked, records, after.id),
    others ? matchesOf(asked, others) : [],
  ]);
  const inTheWay = matches.filter(({ key }) => rules[key.by] === "refuse");
  if (inTheWay.length > 0) throw duplicate(shownDuplicates(inTheWay));
  const kept = (before?.held ?? []).filter((value) => keys.map(heldKey).some((key) => isSame(key, value)));
  const taken = brought.filter(({ by }) => rules[by] === "refuse").map(heldKey);
  return {
    marks: { phoneKey: keys.find(({ by }) => by === "phone")?.value ?? null, held: [...kept, ...taken] },
    duplicates: shownDuplicates([...matches, ...elsewhere]),
  };
}

/** The unique value that keeps a key for one record. */
export function heldKey({ by, value }: MatchKey): UniqueValue {
  return { field: `${matchPrefix}${by}`, value };
}

/** What a patch gives to the fields that are compared; a field that it does not name stays. */
export function given(patch: ComparedFields): ComparedFields {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

function isSame(left: UniqueValue, right: UniqueValue): boolean {
  return left.field === right.field && left.value === right.value;
}

function duplicate(failures: readonly Duplicate[]): DomainError {
  return new DomainError("duplicate", "A record like this one is there already.", { failures });
}
