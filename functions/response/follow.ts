import { followLead } from "@shangji/core/assignment/response/follow-lead";
import { type FollowedEvent, followed } from "@shangji/core/assignment/response/followed-event";
import { log } from "@shangji/lambda/log";
import { systemContext } from "@shangji/lambda/system-context";
import type { EventBridgeEvent } from "aws-lambda";
import { deps } from "./wiring.ts";

/** Starts and stops the response clock of a lead, by what an event tells of it. An event may come twice and out of order. */
export async function handler({ detail }: EventBridgeEvent<string, FollowedEvent>): Promise<void> {
  const started = performance.now();
  const look = followed(detail);
  const outcome = await followLead(look, { ...deps, context: systemContext(detail.id) });
  const milliseconds = Math.round(performance.now() - started);
  log("info", { message: "lead followed", leadId: look.leadId, cause: detail.id, outcome, milliseconds });
}
