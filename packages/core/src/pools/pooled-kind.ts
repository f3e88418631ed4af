import type { PoolEntity } from "@shangji/contracts/pools/schemas";
import type { StoredRecord } from "../kit/record.ts";

/** Since when a record waits in a pool, and whose it was. */
export interface PoolEntry {
  poolId: string;
  at: string;
  previousOwnerId?: string | undefined;
}

/** Why a record goes into a pool; `text` is what was said about it. */
export interface PoolReason {
  reason?: string | undefined;
  text?: string | undefined;
}

/** Who gets a record. */
export interface NewOwner {
  id: string;
  teamId?: string | undefined;
}

/** What pools know of a kind of record that may wait in one: all else about pools is the same for each kind. */
export interface PooledKind<T> {
  entity: PoolEntity;
  /** Part of the names of its commands. */
  noun: "Lead" | "Account";
  /** Where the record waits, while it does. */
  entryIn(record: T): PoolEntry | undefined;
  /** The patch that puts the record into a pool: it is nobody's then. */
  pooled(record: T, entry: Pick<PoolEntry, "poolId" | "at"> & PoolReason): Record<string, unknown>;
  /** The patch that takes a record out of its pool, to somebody or to nobody. */
  takenOut(owner: NewOwner | undefined, at: string): Record<string, unknown>;
  /** @throws DomainError when the record has no place in a pool, or is in one */
  assertReturnable(record: T): void;
}

/** The command of a write that takes a record out of its pool without a claim. */
export function removalOf({ noun }: Pick<PooledKind<never>, "noun">): string {
  return `removePooled${noun}`;
}

/** What pools need of every record. */
export interface Poolable extends Pick<StoredRecord, "id" | "version" | "createdAt" | "updatedAt"> {
  ownerId?: string | undefined;
  teamId?: string | undefined;
}
