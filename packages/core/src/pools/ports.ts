import type { Lead } from "@shangji/contracts/leads/schemas";
import type { User } from "@shangji/contracts/people/schemas";
import type { Pool } from "@shangji/contracts/pools/schemas";
import type { Viewer } from "../access/viewer.ts";
import type { CountedFor } from "../assignment/ports.ts";
import type { CallContext } from "../kit/context.ts";
import type { IdempotencyClaim } from "../kit/idempotency.ts";
import type { DirectoryStore, GraveStore, Page, PageRequest, Stored } from "../kit/record.ts";
import type { Teams, Users } from "../people/ports.ts";

/** Deleted ones can still be read by their ids. */
export interface Pools extends DirectoryStore<Pool>, Pick<GraveStore<Pool>, "getDeleted"> {}

/** All that a move of a lead into or out of a pool begins with. */
export interface PoolState {
  lead: Stored<Lead> | undefined;
  pool: Stored<Pool> | undefined;
  /** Who is to get the lead. */
  person: Stored<User> | undefined;
  counted: CountedFor | undefined;
  /** Claims of the person from the pool on the day. */
  claims: number;
  /** Open leads that the person has. */
  open: number;
}

/** What a move changes, all or nothing; each limit is a condition of it. */
export interface PoolMove {
  before: Stored<Lead>;
  after: Stored<Lead>;
  counted: CountedFor | undefined;
  /** Open leads that the new owner may have before. @default any number */
  holdingCap?: number | undefined;
  /** Counted for the new owner; `max` is how many a day may have. */
  claimOf?: { poolId: string; day: string; max?: number | undefined } | undefined;
}

/**
 * `changed` when the lead is not what was read, the new owner is not active or in another team by now, or a limit has been
 * reached. Then nothing was written.
 */
export type PoolMoved = "written" | "changed";

export interface PoolMoves {
  /** Strongly consistent. */
  state(asked: { leadId: string; poolId: string; userId?: string | undefined; day: string }): Promise<PoolState>;
  /** @throws DomainError `idempotency_in_progress` */
  move(move: PoolMove, claim?: IdempotencyClaim): Promise<PoolMoved>;
}

export interface PooledLeads {
  /** What waits in a pool, longest first. A page may be short. */
  list(poolId: string, page: PageRequest): Promise<Page<Stored<Lead>>>;
  /** How many wait, as far as they are counted, and since when the first of them does. */
  waiting(poolId: string): Promise<{ size: number; isAtLeast: boolean; oldestAt?: string | undefined }>;
  /** Claims since a day, the first one included. */
  claimsSince(poolId: string, day: string): Promise<{ userId: string; day: string; count: number }[]>;
}

export interface PoolDeps {
  pools: Pools;
  users: Pick<Users, "all">;
  teams: Pick<Teams, "all">;
  context: CallContext;
}

export interface PoolMoveDeps {
  pools: Pick<Pools, "get" | "getDeleted">;
  moves: PoolMoves;
  settings: { zone: string };
  viewer: Viewer;
  context: CallContext;
  /** Waits before another attempt; attempts count from 1. */
  pause(attempt: number): Promise<void>;
}
