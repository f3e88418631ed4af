import type { Pool } from "@shangji/contracts/pools/schemas";
import type { Viewer } from "../access/viewer.ts";
import type { Page, PageRequest } from "../kit/record.ts";
import { maskedEmail, maskedPhone } from "./mask-contact.ts";
import { poolFor, runsPool, seesPool } from "./part-in-pool.ts";
import type { PooledRecords, Pools } from "./ports.ts";

interface Deps {
  pools: Pools;
  viewer: Viewer;
}

/** Pools that the caller has a part in, oldest first. */
export async function listPools({ pools, viewer }: Deps): Promise<{ items: Pool[] }> {
  return { items: (await pools.all()).filter((pool) => seesPool(pool, viewer)) };
}

/** A record with how to reach somebody, and where it waits. */
interface Listed {
  email?: string | undefined;
  phone?: string | undefined;
  pool?: object | undefined;
}

/** A page of what waits in a pool, longest first, for those who have a part in it. @throws DomainError `not_found` */
export async function listPooled<T extends Listed>(
  { poolId, page }: { poolId: string; page: PageRequest },
  deps: Deps & { pooled: PooledRecords<T> },
): Promise<Page<T & { pool: NonNullable<T["pool"]> }>> {
  const pool = await poolFor(poolId, deps);
  const { items, next } = await deps.pooled.list(poolId, page);
  const isMasked = pool.maskContactBeforeClaim && !runsPool(pool, deps.viewer);
  const shown = items.flatMap((record) => {
    const { pool } = record;
    return pool ? [{ ...record, ...(isMasked ? maskedContact(record) : {}), pool }] : [];
  });
  return next ? { items: shown, next } : { items: shown };
}

function maskedContact({ email, phone }: Listed): Listed {
  return {
    ...(email === undefined ? {} : { email: maskedEmail(email) }),
    ...(phone === undefined ? {} : { phone: maskedPhone(phone) }),
  };
}
