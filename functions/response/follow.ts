import { followLead } from "@shangji/core/assignment/response/follow-lead";
import { type FollowedEvent, followed } from "@shangji/core/assignment/response/followed-event";
import { entityOf } from "@shangji/core/kit/ids";
import { followClaim } from "@shangji/core/pools/follow-claim";
import { followLeadForRecycling } from "@shangji/core/recycling/plan-countdown";
import { log } from "@shangji/lambda/log";
import { systemContext } from "@shangji/lambda/system-context";
import type { EventBridgeEvent } from "aws-lambda";
import { allOf } from "./all-of.ts";
import { claimDeps, deps } from "./wiring.ts";

/**
 * Makes the timers of a lead follow what an event tells of it, and counts how soon what was claimed from a pool is followed up. An
 * event may come twice and out of order.
 */
export async function handler({ detail }: EventBridgeEvent<string, FollowedEvent>): Promise<void> {
  const started = performance.now();
  const { recordId, assigned } = followed(detail);
  const isLead = entityOf(recordId) === "lead";
  const look = { leadId: recordId, assigned };
  const all = { ...deps, context: systemContext(detail.id) };
  const [response, recycling, claim] = await allOf([
    isLead ? followLead(look, all) : "none",
    isLead ? followLeadForRecycling(look, all) : "none",
    // Whoever has just got it has not touched it yet.
    assigned ? "none" : followClaim(recordId, claimDeps),
  ]);
  const milliseconds = Math.round(performance.now() - started);
  log("info", { message: "record followed", recordId, cause: detail.id, response, recycling, claim, milliseconds });
}
