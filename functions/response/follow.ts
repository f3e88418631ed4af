import { followLead } from "@shangji/core/assignment/response/follow-lead";
import { type FollowedEvent, followed } from "@shangji/core/assignment/response/followed-event";
import { followLeadForRecycling } from "@shangji/core/recycling/plan-countdown";
import { log } from "@shangji/lambda/log";
import { systemContext } from "@shangji/lambda/system-context";
import type { EventBridgeEvent } from "aws-lambda";
import { allOf } from "./all-of.ts";
import { deps } from "./wiring.ts";

/** Makes the timers of a lead follow what an event tells of it. An event may come twice and out of order. */
export async function handler({ detail }: EventBridgeEvent<string, FollowedEvent>): Promise<void> {
  const started = performance.now();
  const look = followed(detail);
  const all = { ...deps, context: systemContext(detail.id) };
  const [response, recycling] = await allOf(followLead(look, all), followLeadForRecycling(look, all));
  const milliseconds = Math.round(performance.now() - started);
  log("info", { message: "lead followed", leadId: look.leadId, cause: detail.id, response, recycling, milliseconds });
}
