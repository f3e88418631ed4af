import type { Entity } from "@shangji/contracts/kit/entities";
import { type CallContext, changeBy } from "./context.ts";
import type { Stored, StoredRecord } from "./record.ts";

/** The own fields of a new record; an optional field may be given as null and is then left out. */
export type NewFields<T> = {
  [K in keyof Omit<T, keyof StoredRecord>]: T[K] | (undefined extends T[K] ? null : never);
};

/** A record at version 1 with a fresh id, stamped by `context`; only what is known is kept. `at` defaults to now. */
export function newRecord<T extends StoredRecord | Omit<StoredRecord, "change">>(
  entity: Entity,
  fields: NewFields<T>,
  { context, command, at = context.clock.now().toISOString() }: { context: CallContext; command: string; at?: string },
): Stored<T> {
  return {
    ...withoutGaps(fields),
    id: context.ids.next(entity),
    version: 1,
    createdAt: at,
    updatedAt: at,
    change: changeBy(context, command, at),
  } as unknown as Stored<T>; // NewFields holds every field of T that is not named here
}

function withoutGaps(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && value !== null));
}
