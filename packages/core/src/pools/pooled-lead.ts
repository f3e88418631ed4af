import type { Lead } from "@shangji/contracts/leads/schemas";
import type { LeadPool } from "@shangji/contracts/pools/schemas";
import { DomainError } from "../kit/domain-error.ts";
import { leadMovedTo } from "../leads/move-lead.ts";

/** The patch that puts a lead into a pool: it is nobody's then. `text` is what was said about why. */
export function leadPooled(
  { ownerId: previousOwnerId }: Pick<Lead, "ownerId">,
  entry: Pick<LeadPool, "poolId" | "at" | "reason"> & { text?: string | undefined },
): Record<string, unknown> {
  const { poolId, at, reason, text = null } = entry;
  return {
    ...leadMovedTo("pooled", at),
    ownerId: null,
    teamId: null,
    statusReason: text,
    pool: {
      poolId,
      at,
      ...(previousOwnerId === undefined ? {} : { previousOwnerId }),
      ...(reason === undefined ? {} : { reason }),
    },
  };
}

/** The command of a write that takes a lead out of its pool without a claim. */
export const takenOutOfPool = "removePooledLead";

/** The patch that takes a lead out of its pool, to somebody or to nobody. */
export function leadTakenOut(owner: { id: string; teamId?: string | undefined } | undefined, at: string) {
  if (!owner) return { ...leadMovedTo("new", at), pool: null };
  return { ...leadMovedTo("assigned", at), ownerId: owner.id, teamId: owner.teamId ?? null, pool: null };
}

/** How a lead came into this pool. @throws DomainError `not_in_pool` */
export function entryOf({ status, pool }: Pick<Lead, "status" | "pool">, poolId: string): LeadPool {
  if (status !== "pooled" || pool?.poolId !== poolId) throw new DomainError("not_in_pool", "");
  return pool;
}
