import type { PoolFailure } from "@shangji/contracts/pools/schemas";
import { DomainError, notFound } from "../kit/domain-error.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { dateIn } from "../kit/zone.ts";
import { failedClaimRules } from "./claim-rules.ts";
import { entryOf } from "./entry-of.ts";
import { inAttempts } from "./in-attempts.ts";
import { hasPart, runsPool } from "./part-in-pool.ts";
import type { Poolable } from "./pooled-kind.ts";
import type { PoolMoveDeps } from "./ports.ts";

/**
 * Takes a record out of a pool for the caller. Record, count of the day and what the person holds change in one transaction, on
 * condition of every limit, so whoever claims beside it passes none. Whoever asks again for what the own claim has just brought
 * has it.
 * @throws DomainError `not_found`, `not_in_pool`, `claim_refused` naming every failed rule, `unavailable`, `idempotency_in_progress`
 */
export async function claimRecord<T extends Poolable>(
  { id, poolId }: { id: string; poolId: string },
  deps: PoolMoveDeps<T>,
): Promise<Stored<T>> {
  const { kind, moves, viewer, settings, context } = deps;
  const { userId } = viewer.actor;
  const command = `claim${kind.noun}`;
  return inAttempts(async () => {
    const now = context.clock.now();
    const day = dateIn(settings.zone, now.toISOString());
    const state = await moves.state({ id, poolId, userId, day });
    const { record: before, pool, person, counted } = state;
    if (!before || !pool || !person?.active) throw notFound();
    const isAdmin = runsPool(pool, viewer);
    if (!isAdmin && !hasPart(pool, person)) throw notFound();
    if (isClaimedBy(before, { userId, command })) return { moved: "written", record: before };
    const entry = entryOf(before, poolId, kind);
    const failures = failedClaimRules(pool, { ...state, userId, entry, now }, { isAdmin });
    if (failures.length > 0) throw claimRefused(failures);
    const after = revise(before, kind.takenOut(person, now.toISOString()), { context, command });
    const claimOf = { poolId, day, max: isAdmin ? undefined : pool.claimsPerDay };
    const move = { before, after, counted, holdingCap: pool.holdingCap, claimOf };
    return { moved: await moves.move(move, context.claim), record: after };
  }, deps.pause);
}

function isClaimedBy<T extends Poolable>(
  { ownerId, change }: Stored<T>,
  { userId, command }: { userId: string; command: string },
): boolean {
  return ownerId === userId && change.command === command && change.actorId === userId;
}

/** A refusal that names every failed rule. */
export function claimRefused(failures: readonly PoolFailure[]): DomainError {
  return new DomainError("claim_refused", failures.map(({ message }) => message).join(" "), { failures });
}
