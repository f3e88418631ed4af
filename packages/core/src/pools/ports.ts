import type { Lead } from "@shangji/contracts/leads/schemas";
import type { User } from "@shangji/contracts/people/schemas";
import type { Pool } from "@shangji/contracts/pools/schemas";
import type { Viewer } from "../access/viewer.ts";
import type { CountedFor, OpenClaim } from "../assignment/ports.ts";
import type { CallContext } from "../kit/context.ts";
import type { IdempotencyClaim } from "../kit/idempotency.ts";
import type { DirectoryStore, GraveStore, Page, PageRequest, Stored } from "../kit/record.ts";
import type { Teams, Users } from "../people/ports.ts";
import type { TouchCounts } from "./first-touch.ts";
import type { PooledKind } from "./pooled-kind.ts";

/** Deleted ones can still be read by their ids. */
export interface Pools extends DirectoryStore<Pool>, Pick<GraveStore<Pool>, "getDeleted"> {}

/** All that a move of a record into or out of a pool begins with. */
export interface PoolState<T> {
  record: Stored<T> | undefined;
  pool: Stored<Pool> | undefined;
  /** Who is to get the record. */
  person: Stored<User> | undefined;
  counted: CountedFor | undefined;
  /** Claims of the person from the pool on the day. */
  claims: number;
  /** Open leads, or accounts, that the person has. */
  open: number;
}

/** What a move changes, all or nothing; each limit is a condition of it. */
export interface PoolMove<T> {
  before: Stored<T>;
  after: Stored<T>;
  counted: CountedFor | undefined;
  /** Open leads, or accounts, that the new owner may have before. @default any number */
  holdingCap?: number | undefined;
  /** Counted for the new owner; `max` is how many a day may have. */
  claimOf?: { poolId: string; day: string; max?: number | undefined } | undefined;
}

/**
 * `changed` when the record is not what was read, the new owner is not active or in another team by now, or a limit has been
 * reached. Then nothing was written.
 */
export type PoolMoved = "written" | "changed";

/** The moves of one kind of record. */
export interface PoolMoves<T> {
  /** Strongly consistent. */
  state(asked: { id: string; poolId: string; userId?: string | undefined; day: string }): Promise<PoolState<T>>;
  /** @throws DomainError `idempotency_in_progress` */
  move(move: PoolMove<T>, claim?: IdempotencyClaim): Promise<PoolMoved>;
}

/** Records of one kind in pools. */
export interface PooledRecords<T> {
  /** What waits in a pool, longest first. A page may be short. */
  list(poolId: string, page: PageRequest): Promise<Page<Stored<T>>>;
}

/** What is known of pools, whatever they hold. */
export interface PoolFigures {
  /** How many wait, as far as they are counted, and since when the first of them does. */
  waiting(poolId: string): Promise<{ size: number; isAtLeast: boolean; oldestAt?: string | undefined }>;
  /** Claims since a day, the first one included. */
  claimsSince(poolId: string, day: string): Promise<{ userId: string; day: string; count: number }[]>;
  /** First touches by the days of their claims, since a day, the first one included. */
  touchesSince(poolId: string, day: string): Promise<TouchCounts[]>;
}

/** Whose a lead or an account is, and for a lead what has become of it. */
export interface ClaimedRecord extends Partial<Pick<Lead, "status" | "statusChangedAt">> {
  ownerId?: string | undefined;
}

/** Claims that wait to be followed up. */
export interface FirstTouches {
  /** Strongly consistent. */
  start(id: string): Promise<{ record: ClaimedRecord | undefined; claim: OpenClaim | undefined }>;
  /** When a person first answered by a note from an instant on (`answeredAt`). Strongly consistent. */
  touchedSince(id: string, from: string): Promise<string | undefined>;
  /** Answers false, and counts nothing, when the claim has been counted or is over, or others were first. */
  count(touch: { id: string; claim: OpenClaim; seconds: number }): Promise<boolean>;
}

export interface PoolDeps {
  pools: Pools;
  users: Pick<Users, "all">;
  teams: Pick<Teams, "all">;
  context: CallContext;
}

/** What moves one kind of record. */
export interface PoolMoveDeps<T> {
  kind: PooledKind<T>;
  pools: Pick<Pools, "get" | "getDeleted">;
  moves: PoolMoves<T>;
  settings: { zone: string };
  viewer: Viewer;
  context: CallContext;
  /** Waits before another attempt; attempts count from 1. */
  pause(attempt: number): Promise<void>;
}
