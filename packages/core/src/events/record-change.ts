import { type StoredRecord, unshown } from "../kit/record.ts";

/** A record as the store holds it, whatever its kind. */
export type ChangedRecord = StoredRecord & Record<string, unknown>;

/** One write that the store saw: a record before and after it. */
export interface RecordChange {
  kind: string;
  /** Absent when the record is new. */
  before?: ChangedRecord | undefined;
  after: ChangedRecord;
}

const bookkeeping = new Set(["id", "version", "createdAt", "updatedAt", "change", ...unshown]);

/** Names of the own fields that differ between two states of a record. */
export function changedFields(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !bookkeeping.has(name) && !isEqual(before[name], after[name]));
}

/** Whether this write is the one that deleted the record. */
export function isDeletion({ before, after }: RecordChange): boolean {
  return after.deletedAt !== undefined && before !== undefined && before.deletedAt === undefined;
}

/** Whether this write is the one that closed the record of a person who is being erased. */
export function isErasure({ before, after }: RecordChange): boolean {
  return after.erasure !== undefined && before?.erasure === undefined;
}

/** Whether this write has brought a deleted record back. */
export function isRestoration({ before, after }: RecordChange): boolean {
  return after.deletedAt === undefined && before?.deletedAt !== undefined;
}

/** Deep equality of JSON values; the order of keys does not matter. */
function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return (
    Array.isArray(left) === Array.isArray(right) &&
    [...keys].every((key) => isEqual((left as ChangedRecord)[key], (right as ChangedRecord)[key])) // any object may be read by key
  );
}
