import type { Lead } from "@shangji/contracts/leads/schemas";
import type { LeadPool, Pool, PooledLead } from "@shangji/contracts/pools/schemas";
import type { Viewer } from "../access/viewer.ts";
import type { Page, PageRequest } from "../kit/record.ts";
import { maskedEmail, maskedPhone } from "./mask-contact.ts";
import { poolFor, runsPool, seesPool } from "./part-in-pool.ts";
import type { PooledLeads, Pools } from "./ports.ts";

interface Deps {
  pools: Pools;
  pooled: PooledLeads;
  viewer: Viewer;
}

/** Pools that the caller has a part in, oldest first. */
export async function listPools({ pools, viewer }: Pick<Deps, "pools" | "viewer">): Promise<{ items: Pool[] }> {
  return { items: (await pools.all()).filter((pool) => seesPool(pool, viewer)) };
}

/** A page of what waits in a pool, longest first, for those who have a part in it. @throws DomainError `not_found` */
export async function listPooledLeads(
  { poolId, page }: { poolId: string; page: PageRequest },
  deps: Deps,
): Promise<Page<PooledLead>> {
  const pool = await poolFor(poolId, deps);
  const { items, next } = await deps.pooled.list(poolId, page);
  const isMasked = pool.maskContactBeforeClaim && !runsPool(pool, deps.viewer);
  const shown = items.flatMap((lead) => (lead.pool ? [shownLead({ ...lead, pool: lead.pool }, isMasked)] : []));
  return next ? { items: shown, next } : { items: shown };
}

function shownLead(lead: Lead & { pool: LeadPool }, isMasked: boolean): PooledLead {
  const { email, phone } = lead;
  if (!isMasked) return lead;
  return { ...lead, email: email && maskedEmail(email), phone: phone && maskedPhone(phone) };
}
