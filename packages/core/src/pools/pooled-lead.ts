import type { Lead, LeadStatus } from "@shangji/contracts/leads/schemas";
import { DomainError } from "../kit/domain-error.ts";
import { assertNotPooled } from "../leads/assert-not-pooled.ts";
import { assertNotConverted } from "../leads/convert-lead.ts";
import { leadMovedTo } from "../leads/move-lead.ts";
import type { NewOwner, PoolEntry, PooledKind, PoolReason } from "./pooled-kind.ts";

/** Leads wait in the status `pooled`, and their `pool` says where. */
export const leadsInPools: PooledKind<Lead> = {
  entity: "lead",
  noun: "Lead",
  entryIn: ({ status, pool }) => (status === "pooled" ? pool : undefined),
  pooled: leadPooled,
  takenOut: leadTakenOut,
  assertReturnable,
};

/** The patch that puts a lead into a pool: it is nobody's then. `text` is what was said about why. */
export function leadPooled(
  { ownerId: previousOwnerId }: Pick<Lead, "ownerId">,
  entry: Pick<PoolEntry, "poolId" | "at"> & PoolReason,
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

function leadTakenOut(owner: NewOwner | undefined, at: string) {
  if (!owner) return { ...leadMovedTo("new", at), pool: null };
  return { ...leadMovedTo("assigned", at), ownerId: owner.id, teamId: owner.teamId ?? null, pool: null };
}

/** What has ended has no place in a pool. */
const returnable: readonly LeadStatus[] = ["new", "assigned", "working"];

function assertReturnable(lead: Lead): void {
  assertNotConverted(lead);
  assertNotPooled(lead);
  if (returnable.includes(lead.status)) return;
  const failures = [{ rule: "not_a_transition", message: "A lead does not move between these two." }];
  throw new DomainError("transition_refused", "A lead does not move between these two.", { failures });
}
