import type { Lead, LeadStatus } from "@shangji/contracts/leads/schemas";
import type { LeadReturn } from "@shangji/contracts/pools/schemas";
import { assertCovers } from "../access/guard-records.ts";
import { mayDo } from "../access/viewer.ts";
import { DomainError, notFound, unknownReference } from "../kit/domain-error.ts";
import type { ChangeTarget } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { assertVersion, revise } from "../kit/revise.ts";
import { dateIn } from "../kit/zone.ts";
import { assertNotPooled } from "../leads/assert-not-pooled.ts";
import { assertNotConverted } from "../leads/convert-lead.ts";
import { inAttempts } from "./in-attempts.ts";
import { seesPool } from "./part-in-pool.ts";
import { leadPooled } from "./pooled-lead.ts";
import type { PoolMoveDeps } from "./ports.ts";

/** What has ended has no place in a pool. */
const returnable: readonly LeadStatus[] = ["new", "assigned", "working"];

/**
 * Puts a lead that the caller may change into a pool that the caller has a part in. It gives no claim of the day back.
 * @throws DomainError `not_found`, `stale_version`, `forbidden`, `unknown_reference`, `already_converted`, `pooled`,
 * `transition_refused`, `unavailable`, `idempotency_in_progress`
 */
export async function returnLead(
  { id, expectedVersion, request }: ChangeTarget & { request: LeadReturn },
  deps: PoolMoveDeps,
): Promise<Stored<Lead>> {
  const { moves, viewer, settings, context } = deps;
  const { poolId, reason, text } = request;
  return inAttempts(async () => {
    const at = context.clock.now().toISOString();
    const { lead: before, pool, counted } = await moves.state({ leadId: id, poolId, day: dateIn(settings.zone, at) });
    if (!before || !mayDo(viewer, { entity: "lead", action: "read" }, before)) throw notFound();
    assertCovers(viewer, { entity: "lead", action: "update" }, before);
    assertVersion(before, expectedVersion);
    if (!pool || !seesPool(pool, viewer)) throw unknownReference("/body/poolId", poolId);
    assertNotConverted(before);
    assertNotPooled(before);
    assertReturnable(before);
    const stamp = { context, command: "returnLead", reason: text ?? reason };
    const after = revise(before, leadPooled(before, { poolId, at, reason, text }), stamp);
    return { moved: await moves.move({ before, after, counted }, context.claim), lead: after };
  }, deps.pause);
}

function assertReturnable({ status }: Lead): void {
  if (returnable.includes(status)) return;
  const failures = [{ rule: "not_a_transition", message: "A lead does not move between these two." }];
  throw new DomainError("transition_refused", "A lead does not move between these two.", { failures });
}
