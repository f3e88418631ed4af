import { followLead } from "@shangji/core/assignment/response/follow-lead";
import { type FollowedEvent, followed } from "@shangji/core/assignment/response/followed-event";
import { entityOf } from "@shangji/core/kit/ids";
import { followClaim } from "@shangji/core/pools/follow-claim";
import { log } from "@shangji/lambda/log";
import { systemContext } from "@shangji/lambda/system-context";
import type { EventBridgeEvent } from "aws-lambda";
import { claimDeps, deps } from "./wiring.ts";

/**
 * Starts and stops the response clock of a lead, and counts how soon what was claimed from a pool is followed up, by what an
 * event tells of it. An event may come twice and out of order.
 */
export async function handler({ detail }: EventBridgeEvent<string, FollowedEvent>): Promise<void> {
  const started = performance.now();
  const { recordId, assigned } = followed(detail);
  const outcome =
    entityOf(recordId) === "lead"
      ? await followLead({ leadId: recordId, assigned }, { ...deps, context: systemContext(detail.id) })
      : "none";
  // Whoever has just got it has not touched it yet.
  const claim = assigned ? "none" : await followClaim(recordId, claimDeps);
  const milliseconds = Math.round(performance.now() - started);
  log("info", { message: "record followed", recordId, cause: detail.id, outcome, claim, milliseconds });
}
