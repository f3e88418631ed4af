import type { Lead } from "@shangji/contracts/leads/schemas";
import type { PoolFailure } from "@shangji/contracts/pools/schemas";
import { DomainError, notFound } from "../kit/domain-error.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { dateIn } from "../kit/zone.ts";
import { failedClaimRules } from "./claim-rules.ts";
import { inAttempts } from "./in-attempts.ts";
import { hasPart, runsPool } from "./part-in-pool.ts";
import { entryOf, leadTakenOut } from "./pooled-lead.ts";
import type { PoolMoveDeps } from "./ports.ts";

const command = "claimLead";

/**
 * Takes a lead out of a pool for the caller. Lead, count of the day and open leads change in one transaction, on condition of
 * every limit, so whoever claims beside it passes none. Whoever asks again for what the own claim has just brought has it.
 * @throws DomainError `not_found`, `not_in_pool`, `claim_refused` naming every failed rule, `unavailable`, `idempotency_in_progress`
 */
export async function claimLead(
  { leadId, poolId }: { leadId: string; poolId: string },
  deps: PoolMoveDeps,
): Promise<Stored<Lead>> {
  const { moves, viewer, settings, context } = deps;
  const { userId } = viewer.actor;
  return inAttempts(async () => {
    const now = context.clock.now();
    const day = dateIn(settings.zone, now.toISOString());
    const state = await moves.state({ leadId, poolId, userId, day });
    const { lead: before, pool, person, counted } = state;
    if (!before || !pool || !person?.active) throw notFound();
    const isAdmin = runsPool(pool, viewer);
    if (!isAdmin && !hasPart(pool, person)) throw notFound();
    if (isClaimedBy(before, userId)) return { moved: "written", lead: before };
    const entry = entryOf(before, poolId);
    const failures = failedClaimRules(pool, { ...state, userId, entry, now }, { isAdmin });
    if (failures.length > 0) throw claimRefused(failures);
    const after = revise(before, leadTakenOut(person, now.toISOString()), { context, command });
    const claimOf = { poolId, day, max: isAdmin ? undefined : pool.claimsPerDay };
    const move = { before, after, counted, holdingCap: pool.holdingCap, claimOf };
    return { moved: await moves.move(move, context.claim), lead: after };
  }, deps.pause);
}

function isClaimedBy({ ownerId, change }: Stored<Lead>, userId: string): boolean {
  return ownerId === userId && change.command === command && change.actorId === userId;
}

/** A refusal that names every failed rule. */
export function claimRefused(failures: readonly PoolFailure[]): DomainError {
  return new DomainError("claim_refused", failures.map(({ message }) => message).join(" "), { failures });
}
