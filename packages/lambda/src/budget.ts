import type { Route } from "@shangji/contracts";
import {
  rateLimitHeader,
  rateLimitPolicy,
  rateLimitPolicyHeader,
  rateLimitWindowSeconds,
} from "@shangji/contracts/kit/rate-limit";
import type { Actor } from "@shangji/core/kit/actor";
import type { Budgets, Standing } from "@shangji/core/limits/ports";
import { describeError, log } from "./log.ts";

/**
 * Charges a call to its caller's budget; undefined for a caller without one. A budget that cannot be kept lets the call pass:
 * it protects the store and must not be what brings it down.
 */
export async function charge(
  actor: Actor,
  { weight = 1 }: Pick<Route, "weight">,
  { budgets, requestId }: { budgets: Budgets; requestId: string },
): Promise<Standing | undefined> {
  const { userId: callerId, requestsPerMinute: limit } = actor;
  if (limit === undefined) return undefined;
  return budgets.charge({ callerId, limit }, weight).catch((error: unknown) => {
    log("warn", { message: "budget not kept", requestId, actorId: callerId, ...describeError(error) });
    return undefined;
  });
}

/** What a caller is told of its budget. */
export function budgetHeaders({ limit, remaining, resetSeconds }: Standing): Record<string, string> {
  return {
    [rateLimitPolicyHeader.toLowerCase()]: `"${rateLimitPolicy}";q=${limit};w=${rateLimitWindowSeconds}`,
    [rateLimitHeader.toLowerCase()]: `"${rateLimitPolicy}";r=${remaining};t=${resetSeconds}`,
  };
}
