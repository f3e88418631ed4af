import { mergedFields, type Side } from "@shangji/contracts/merges/schemas";
import { heldKey } from "../duplicates/check-duplicates.ts";
import { companyKey } from "../duplicates/company-key.ts";
import { emailKey, type MatchKey } from "../duplicates/match-keys.ts";
import type { UniqueValue } from "../kit/record.ts";
import { matchPrefix } from "../kit/value-taken.ts";
import type { Mergeable, MergedEntity } from "./ports.ts";

export type Choices = Readonly<Partial<Record<string, Side>>>;

/** Tags that one record may have. */
const mostTags = 50;

/**
 * What a merge makes of the winner, as a patch: chosen values, else its own, else the loser's. Tags are joined, a team goes with
 * its owner and a number with its key. Unique values of the loser stay taken, so that who knows it by them finds the winner.
 */
export function combine(entity: MergedEntity, { winner, loser }: Pair, choices: Choices): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const field of mergedFields[entity]) {
    const from = choices[field] ?? (isGiven(winner[field]) ? "winner" : "loser");
    const source = from === "winner" ? winner : loser;
    patch[field] = source[field] ?? null;
    if (field === "ownerId") patch.teamId = source.teamId ?? null;
    if (field === "phone") patch.phoneKey = source.phoneKey ?? null;
  }
  if (choices.tags === undefined) patch.tags = [...new Set([...tagsOf(winner), ...tagsOf(loser)])].slice(0, mostTags);
  const merged = { ...winner, ...patch } as Mergeable; // fields of the same kind of record
  return {
    ...patch,
    absorbed: [...(winner.absorbed ?? []), loser.id, ...(loser.absorbed ?? [])],
    leadIds: orNull([...(winner.leadIds ?? []), ...(loser.leadIds ?? [])]),
    held: orNull(heldAfter(entity, merged, [...allOf(winner), ...allOf(loser)])),
  };
}

export interface Pair {
  winner: Mergeable;
  loser: Mergeable;
}

/** What a record holds once it is `merged`: no keys that it does not have, and nothing that its fields have anyway. */
export function heldAfter(entity: MergedEntity, merged: Mergeable, held: readonly UniqueValue[]): UniqueValue[] {
  const keys = storedKeys(entity, merged).map(heldKey);
  const own = externalValue(merged);
  return distinct(held).filter((value) =>
    value.field.startsWith(matchPrefix)
      ? keys.some((key) => isSame(key, value))
      : !own.some((one) => isSame(one, value)),
  );
}

/** All that a record has for itself. */
export function allOf(record: Mergeable): UniqueValue[] {
  return [...(record.held ?? []), ...externalValue(record)];
}

export function externalValue({ externalId }: Record<string, unknown>): UniqueValue[] {
  const { source, id } = (externalId ?? {}) as { source?: string; id?: string }; // of an account or contact
  return source === undefined ? [] : [{ field: "externalId", value: `${source}#${id}` }];
}

/** The keys of a stored record. */
function storedKeys(entity: MergedEntity, { name, email, phoneKey }: Mergeable): MatchKey[] {
  return [
    ...(entity === "account" ? [{ by: "name", value: companyKey(name) } as const] : []),
    ...(entity === "contact" && typeof email === "string" ? [{ by: "email", value: emailKey(email) } as const] : []),
    ...(phoneKey ? [{ by: "phone", value: phoneKey } as const] : []),
  ];
}

export function orNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length > 0 ? list : null;
}

export function isSame(left: UniqueValue, right: UniqueValue): boolean {
  return left.field === right.field && left.value === right.value;
}

function distinct(values: readonly UniqueValue[]): UniqueValue[] {
  return values.filter((value, index) => values.findIndex((other) => isSame(other, value)) === index);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function tagsOf({ tags }: Mergeable): string[] {
  return (tags ?? []) as string[]; // every account and contact has tags
}
