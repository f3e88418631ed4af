import { type CallContext, changeBy } from "../kit/context.ts";
import type { StoredRecord } from "../kit/record.ts";

/**
 * What must happen later to a record, as an item beside it that is called like it and written on condition of its own version alone.
 * It stands in the index of what is due as long as it has a next step.
 */
export interface TimerRow extends StoredRecord {
  next?: { dueAt: string } | undefined;
}

/** A row as it was read, and as it becomes. */
export interface RowChange<T extends TimerRow> {
  before: T | undefined;
  after: T;
}

export type TimerStamp = Pick<CallContext, "actor" | "clock" | "requestId" | "source"> & { command: string };

/** What every write of a row carries. The version goes on when a row begins anew, as events are told apart by it. */
export function rowStamp(
  before: Pick<TimerRow, "version" | "createdAt"> | undefined,
  { command, ...context }: TimerStamp,
): Pick<TimerRow, "version" | "createdAt" | "updatedAt" | "change"> {
  const now = context.clock.now().toISOString();
  return {
    version: (before?.version ?? 0) + 1,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    change: changeBy({ ...context, ids: noIds }, command, now),
  };
}

/** A row of these fields as it is written next; what is undefined is left out. */
export function withStamp<T extends TimerRow>(
  fields: Omit<T, keyof ReturnType<typeof rowStamp>>,
  { before, stamp }: { before: T | undefined; stamp: TimerStamp },
): T {
  const merged = { ...fields, ...rowStamp(before, stamp) };
  // Only fields that may be missing are ever undefined, so the rest is a row.
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)) as unknown as T;
}

/** The row after another step; what is undefined is left out. */
export function movedRow<T extends TimerRow>(before: T, fields: Partial<T>, stamp: TimerStamp): T {
  return withStamp<T>({ ...before, ...fields }, { before, stamp });
}

const noIds = {
  next(): string {
    throw new Error("a row is called like its record");
  },
};
