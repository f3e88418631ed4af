import { changedFields } from "../events/record-change.ts";
import { DomainError } from "./domain-error.ts";
import { parseFields, type Schema } from "./parse-fields.ts";
import type { Stored } from "./record.ts";
import { assertVersion } from "./revise.ts";

/** A record that was put, and whether the put has added or written it at all. */
export interface PutRecord<T> {
  record: Stored<T>;
  isNew: boolean;
  isWritten: boolean;
}

/** A put by external id, in terms of one kind of record. */
export interface Put<T, F extends object> {
  /** What the record is to have; `null` clears. */
  fields: F;
  /** The version that the caller has read; a record that is not there has none. */
  expectedVersion?: number | undefined;
  /** Strongly consistent: a record just added by another writer is found. */
  find(): Promise<Stored<T> | undefined>;
  /** @throws DomainError `duplicate_value` when another writer has been faster */
  create(): Promise<Stored<T>>;
  /** Gives the record fields that it does not have yet. @throws DomainError `conflict` when another writer has been faster */
  change(before: Stored<T>, fields: F): Promise<Stored<T>>;
}

/** Writers who meet at one record all the time are not kept waiting for ever. */
const mostRounds = 5;

/**
 * Adds a record, or gives the fields to the one that is there. Whoever loses a race looks again: of two who add, one adds
 * and the other changes; of two who change different fields, both changes stay. What changes nothing is not written.
 * @throws DomainError `stale_version`, `duplicate_value` when the record is there and not for the caller to see, `conflict`
 * after five lost races, and what the parts throw
 */
export async function putByExternalId<T extends object & { version: number }, F extends object>(
  put: Put<T, F>,
): Promise<PutRecord<T>> {
  for (let round = 1; ; round++) {
    try {
      return await putOnce(put);
    } catch (error) {
      if (round === mostRounds || !isLostRace(error)) throw error;
      // Taken by a record that is not to be seen: the next look would end the same.
      if (error.code === "duplicate_value" && (await put.find()) === undefined) throw error;
    }
  }
}

async function putOnce<T extends object & { version: number }, F extends object>(
  put: Put<T, F>,
): Promise<PutRecord<T>> {
  const before = await put.find();
  if (!before) {
    if (put.expectedVersion !== undefined) throw new DomainError("stale_version", "There is no such record yet.");
    return { record: await put.create(), isNew: true, isWritten: true };
  }
  assertVersion(before, put.expectedVersion);
  const fields = newTo(before, put.fields);
  if (Object.keys(fields).length === 0) return { record: before, isNew: false, isWritten: false };
  return { record: await put.change(before, fields), isNew: false, isWritten: true };
}

/** The fields that differ from what the record has: what stays keeps the team, and the rate, that it was written with. */
function newTo<F extends object>(before: object, fields: F): F {
  const old: Record<string, unknown> = { ...before };
  const differing = Object.entries(fields).filter(([field, value]) =>
    value === null ? old[field] !== undefined : changedFields({ value: old[field] }, { value }).length > 0,
  );
  return Object.fromEntries(differing.filter(([, value]) => value !== undefined)) as F; // a part of it, and all of its fields are optional
}

function isLostRace(error: unknown): error is DomainError {
  return error instanceof DomainError && (error.code === "conflict" || error.code === "duplicate_value");
}

/**
 * The fields of a new record, from those that a put gives: `null` clears what a new record does not have anyway.
 * @throws DomainError `invalid_request` naming what a new record lacks
 */
export function newFields<T>(schema: Schema<T>, fields: object): T {
  const given = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return parseFields(schema, Object.fromEntries(given), "/body");
}
