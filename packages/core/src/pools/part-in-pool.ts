import type { Pool } from "@shangji/contracts/pools/schemas";
import type { Viewer } from "../access/viewer.ts";
import { DomainError, notFound } from "../kit/domain-error.ts";
import type { Stored } from "../kit/record.ts";
import type { Pools } from "./ports.ts";

type People = Pick<Pool, "memberIds" | "memberTeamIds" | "adminIds">;

/** Whether a person may claim from a pool: as one of its people or by the team. Who runs it has a part in it, too. */
export function hasPart(
  { memberIds, memberTeamIds, adminIds }: People,
  { id, teamId }: { id: string; teamId?: string | undefined },
): boolean {
  return memberIds.includes(id) || adminIds.includes(id) || (teamId !== undefined && memberTeamIds.includes(teamId));
}

/** Whether somebody runs a pool: its own admins, and those of the organisation. */
export function runsPool({ adminIds }: Pick<Pool, "adminIds">, { actor }: Pick<Viewer, "actor">): boolean {
  return actor.role === "admin" || adminIds.includes(actor.userId);
}

/** Whether somebody may know of a pool. */
export function seesPool(pool: People, viewer: Pick<Viewer, "actor">): boolean {
  const { userId: id, teamId } = viewer.actor;
  return runsPool(pool, viewer) || hasPart(pool, { id, teamId });
}

/**
 * A pool that the caller has a part in. An organisation's admins find one that has been deleted, too: what came in at that
 * moment can still be taken out. @throws DomainError `not_found`
 */
export async function poolFor(
  id: string,
  { pools, viewer }: { pools: Pick<Pools, "get" | "getDeleted">; viewer: Viewer },
): Promise<Stored<Pool>> {
  const pool = (await pools.get(id)) ?? (viewer.actor.role === "admin" ? await pools.getDeleted(id) : undefined);
  if (!pool || !seesPool(pool, viewer)) throw notFound();
  return pool;
}

/** A pool that the caller runs. @throws DomainError `not_found`, `forbidden` */
export async function poolRunBy(id: string, deps: Parameters<typeof poolFor>[1]): Promise<Stored<Pool>> {
  const pool = await poolFor(id, deps);
  if (!runsPool(pool, deps.viewer)) throw new DomainError("forbidden", "Only those who run the pool may do this.");
  return pool;
}
