import type { Assigned } from "@shangji/core/assignment/response/clock";
import { followLead } from "@shangji/core/assignment/response/follow-lead";
import { type FollowedEvent, followed } from "@shangji/core/assignment/response/followed-event";
import { entityOf } from "@shangji/core/kit/ids";
import { followClaim } from "@shangji/core/pools/follow-claim";
import { followForRecycling } from "@shangji/core/recycling/plan-countdown";
import { log } from "@shangji/lambda/log";
import { systemContext } from "@shangji/lambda/system-context";
import type { EventBridgeEvent } from "aws-lambda";
import { allOf } from "./all-of.ts";
import { claimDeps, deps } from "./wiring.ts";

/**
 * Makes the timers of a lead or an account follow what an event tells of it, and counts how soon what was claimed from a pool is
 * followed up. An event may come twice and out of order.
 */
export async function handler({ detail }: EventBridgeEvent<string, FollowedEvent>): Promise<void> {
  const { recordIds, assigned } = followed(detail);
  await allOf(recordIds.map((recordId) => follow(recordId, { cause: detail.id, assigned })));
}

async function follow(
  recordId: string,
  { cause, assigned }: { cause: string; assigned: Assigned | undefined },
): Promise<void> {
  const started = performance.now();
  const all = { ...deps, context: systemContext(cause) };
  const isLead = entityOf(recordId) === "lead";
  const { lead, account } = deps.recycled;
  const [response, recycling, claim] = await allOf([
    isLead ? followLead({ leadId: recordId, assigned }, all) : "none",
    isLead ? followForRecycling(recordId, { ...all, ...lead }) : followForRecycling(recordId, { ...all, ...account }),
    // Whoever has just got it has not touched it yet.
    assigned ? "none" : followClaim(recordId, claimDeps),
  ]);
  const milliseconds = Math.round(performance.now() - started);
  log("info", { message: "record followed", recordId, cause, response, recycling, claim, milliseconds });
}
