import { type CallContext, changeBy } from "./context.ts";
import { DomainError } from "./domain-error.ts";
import type { Stored, StoredRecord } from "./record.ts";

/**
 * Applies a patch: `undefined` leaves a field, `null` clears it. The version grows by one and the change is stamped.
 * The version is set here and nowhere else.
 */
export function revise<T extends StoredRecord>(
  before: T,
  patch: Record<string, unknown>,
  stamp: { context: CallContext; command: string; reason?: string | undefined },
): T {
  const at = stamp.context.clock.now().toISOString();
  const after: Record<string, unknown> = { ...(before as StoredRecord) }; // wider than T, so that fields can be set by name
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    if (value === null) delete after[field];
    else after[field] = value;
  }
  after.version = before.version + 1;
  after.updatedAt = at;
  after.change = changeBy(stamp.context, stamp.command, at, stamp.reason);
  // The patch schemas hold only fields of T, so the result is a T again.
  return after as unknown as T;
}

/** Marks a record deleted: gone for every reader, kept for its history and for coming back. */
export function bury<T>(
  before: Stored<T> & StoredRecord,
  context: CallContext,
  command: string,
): Stored<T> & StoredRecord {
  return revise(before, { deletedAt: context.clock.now().toISOString(), phoneKey: null }, { context, command });
}

/** Refuses a change that was made on another version than the stored one. */
export function assertVersion(record: { version: number }, expected: number | undefined): void {
  if (expected !== undefined && record.version !== expected) {
    throw new DomainError("stale_version", `The record is at version ${record.version}.`);
  }
}
