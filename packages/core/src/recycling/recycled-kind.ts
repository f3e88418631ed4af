import type { RecyclingSince } from "@shangji/contracts/recycling/rules";
import type { FieldCatalogue } from "../conditions/field.ts";
import type { Readable } from "../conditions/values-of.ts";
import type { Stored } from "../kit/record.ts";
import type { Poolable, PooledKind } from "../pools/pooled-kind.ts";
import type { Countdowns } from "./ports.ts";
import type { RecyclingRuleSets } from "./rule-set.ts";

/** What recycling needs of every record: pools and rules have to do with it. */
export type Recyclable = Poolable & Readable;

/** What a record itself tells of its owner's time, besides its history. */
export interface OwnTimes {
  /** When it began anew with the owner that it had. */
  begunAt?: string | undefined;
  /** When the owner began to work on it: a follow-up. */
  workedAt?: string | undefined;
  /** When the last day of its contract was over. */
  contractEndedAt?: string | undefined;
}

/** What recycling knows of a kind of record: all else about it is the same for each kind. */
export interface RecycledKind<T> {
  pooling: PooledKind<T>;
  /** What rules may look at. */
  fields: FieldCatalogue;
  /** From what rules may count days. */
  sinces: readonly RecyclingSince[];
  /** Whether its owner, if it has one, is not done with it. */
  isOpen(record: T): boolean;
  /** `zone` is that of the organisation, in which days begin. */
  timesOf(record: T, zone: string): OwnTimes;
}

/** A record that somebody has to work on. */
export type Owned<T> = Stored<T> & { ownerId: string };

/** Whether somebody has a record and is not done with it. */
export function isOwned<T extends Recyclable>(
  record: Stored<T> | undefined,
  kind: RecycledKind<T>,
): record is Owned<T> {
  return record?.ownerId !== undefined && kind.isOpen(record);
}

/** The records of a kind, as recycling has to do with them. */
export interface RecycledRecords<T> {
  kind: RecycledKind<T>;
  countdowns: Countdowns<T>;
  recyclingRules: RecyclingRuleSets;
}
