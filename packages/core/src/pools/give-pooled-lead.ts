import type { Lead } from "@shangji/contracts/leads/schemas";
import { inactiveReference, notFound, unknownReference } from "../kit/domain-error.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { dateIn } from "../kit/zone.ts";
import { claimRefused } from "./claim-lead.ts";
import { failedHoldingRule } from "./claim-rules.ts";
import { inAttempts } from "./in-attempts.ts";
import { runsPool } from "./part-in-pool.ts";
import { entryOf, leadTakenOut, takenOutOfPool } from "./pooled-lead.ts";
import type { PoolMoveDeps } from "./ports.ts";

interface Given {
  leadId: string;
  poolId: string;
  /** Who gets the lead; without anybody it is new again. */
  ownerId?: string | undefined;
}

/**
 * Gives a lead of a pool to somebody, as far as that person may hold it. It is no claim of anybody's.
 * @throws DomainError as `removePooledLead` does, and `claim_refused`
 */
export function assignPooledLead(given: Given & { ownerId: string }, deps: PoolMoveDeps): Promise<Stored<Lead>> {
  return give(given, { command: "assignPooledLead", isCapped: true }, deps);
}

/**
 * Takes a lead out of a pool, to somebody or back to new, whatever the pool's limits.
 * @throws DomainError `not_found`, `not_in_pool`, `unknown_reference`, `inactive_reference`, `unavailable`, `idempotency_in_progress`
 */
export function removePooledLead(given: Given, deps: PoolMoveDeps): Promise<Stored<Lead>> {
  return give(given, { command: takenOutOfPool, isCapped: false }, deps);
}

async function give(
  { leadId, poolId, ownerId }: Given,
  { command, isCapped }: { command: string; isCapped: boolean },
  deps: PoolMoveDeps,
): Promise<Stored<Lead>> {
  const { moves, viewer, settings, context } = deps;
  return inAttempts(async () => {
    const now = context.clock.now().toISOString();
    const state = await moves.state({ leadId, poolId, userId: ownerId, day: dateIn(settings.zone, now) });
    const { lead: before, counted, person } = state;
    // Of a pool that has been deleted, an organisation's admins may still take out what is left.
    const pool = state.pool ?? (viewer.actor.role === "admin" ? await deps.pools.getDeleted(poolId) : undefined);
    if (!before || !pool || !runsPool(pool, viewer)) throw notFound();
    if (ownerId !== undefined && !person) throw unknownReference("/body/ownerId", ownerId);
    if (person && !person.active) throw inactiveReference("/body/ownerId");
    entryOf(before, poolId);
    const failures = isCapped ? failedHoldingRule(pool, state) : [];
    if (failures.length > 0) throw claimRefused(failures);
    const after = revise(before, leadTakenOut(person, now), { context, command });
    const move = { before, after, counted, holdingCap: isCapped ? pool.holdingCap : undefined };
    return { moved: await moves.move(move, context.claim), lead: after };
  }, deps.pause);
}
