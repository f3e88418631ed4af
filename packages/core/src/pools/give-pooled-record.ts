import { inactiveReference, notFound, unknownReference } from "../kit/domain-error.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { dateIn } from "../kit/zone.ts";
import { claimRefused } from "./claim-record.ts";
import { failedHoldingRule } from "./claim-rules.ts";
import { entryOf } from "./entry-of.ts";
import { inAttempts } from "./in-attempts.ts";
import { runsPool } from "./part-in-pool.ts";
import { type Poolable, removalOf } from "./pooled-kind.ts";
import type { PoolMoveDeps } from "./ports.ts";

interface Given {
  id: string;
  poolId: string;
  /** Who gets the record; without anybody it is nobody's, and in no pool. */
  ownerId?: string | undefined;
}

/**
 * Gives a record of a pool to somebody, as far as that person may hold it. It is no claim of anybody's.
 * @throws DomainError as `removePooled` does, and `claim_refused`
 */
export function assignPooled<T extends Poolable>(
  given: Given & { ownerId: string },
  deps: PoolMoveDeps<T>,
): Promise<Stored<T>> {
  return give(given, { command: `assignPooled${deps.kind.noun}`, isCapped: true }, deps);
}

/**
 * Takes a record out of a pool, to somebody or to nobody, whatever the pool's limits.
 * @throws DomainError `not_found`, `not_in_pool`, `unknown_reference`, `inactive_reference`, `unavailable`, `idempotency_in_progress`
 */
export function removePooled<T extends Poolable>(given: Given, deps: PoolMoveDeps<T>): Promise<Stored<T>> {
  return give(given, { command: removalOf(deps.kind), isCapped: false }, deps);
}

async function give<T extends Poolable>(
  { id, poolId, ownerId }: Given,
  { command, isCapped }: { command: string; isCapped: boolean },
  deps: PoolMoveDeps<T>,
): Promise<Stored<T>> {
  const { kind, moves, viewer, settings, context } = deps;
  return inAttempts(async () => {
    const now = context.clock.now().toISOString();
    const state = await moves.state({ id, poolId, userId: ownerId, day: dateIn(settings.zone, now) });
    const { record: before, counted, person } = state;
    // Of a pool that has been deleted, an organisation's admins may still take out what is left.
    const pool = state.pool ?? (viewer.actor.role === "admin" ? await deps.pools.getDeleted(poolId) : undefined);
    if (!before || !pool || !runsPool(pool, viewer)) throw notFound();
    if (ownerId !== undefined && !person) throw unknownReference("/body/ownerId", ownerId);
    if (person && !person.active) throw inactiveReference("/body/ownerId");
    entryOf(before, poolId, kind);
    const failures = isCapped ? failedHoldingRule(pool, state) : [];
    if (failures.length > 0) throw claimRefused(failures);
    const after = revise(before, kind.takenOut(person, now), { context, command });
    const move = { before, after, counted, holdingCap: isCapped ? pool.holdingCap : undefined };
    return { moved: await moves.move(move, context.claim), record: after };
  }, deps.pause);
}
