import type { PoolReturn } from "@shangji/contracts/pools/schemas";
import { assertCovers, assertMayGive } from "../access/guard-records.ts";
import { mayDo } from "../access/viewer.ts";
import { notFound, unknownReference } from "../kit/domain-error.ts";
import type { ChangeTarget } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { assertVersion, revise } from "../kit/revise.ts";
import { dateIn } from "../kit/zone.ts";
import { inAttempts } from "./in-attempts.ts";
import { seesPool } from "./part-in-pool.ts";
import type { Poolable } from "./pooled-kind.ts";
import type { PoolMoveDeps } from "./ports.ts";

/**
 * Puts a record that the caller may change into a pool of its kind that the caller has a part in. It gives no claim of the day back.
 * @throws DomainError `not_found`, `stale_version`, `forbidden`, `unknown_reference`, `already_converted`, `pooled`,
 * `transition_refused`, `unavailable`, `idempotency_in_progress`
 */
export async function returnRecord<T extends Poolable>(
  { id, expectedVersion, request }: ChangeTarget & { request: PoolReturn },
  deps: PoolMoveDeps<T>,
): Promise<Stored<T>> {
  const { kind, moves, viewer, settings, context } = deps;
  const { entity } = kind;
  const { poolId, reason, text } = request;
  return inAttempts(async () => {
    const at = context.clock.now().toISOString();
    const { record: before, pool, counted } = await moves.state({ id, poolId, day: dateIn(settings.zone, at) });
    if (!before || !mayDo(viewer, { entity, action: "read" }, before)) throw notFound();
    assertCovers(viewer, { entity, action: "update" }, before);
    assertVersion(before, expectedVersion);
    if (pool?.entity !== entity || !seesPool(pool, viewer)) throw unknownReference("/body/poolId", poolId);
    kind.assertReturnable(before);
    const stamp = { context, command: `return${kind.noun}`, reason: text ?? reason };
    const after = revise(before, kind.pooled(before, { poolId, at, reason, text }), stamp);
    assertMayGive(viewer, entity, { before, after });
    return { moved: await moves.move({ before, after, counted }, context.claim), record: after };
  }, deps.pause);
}
