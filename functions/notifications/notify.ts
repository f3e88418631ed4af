import { type NotableEvent, notify } from "@shangji/core/notifications/notify";
import { log } from "@shangji/lambda/log";
import type { EventBridgeEvent } from "aws-lambda";
import { deps } from "./notify-wiring.ts";

/** Tells people what an event means for them. An event may come twice and out of order. */
export async function handler({ detail }: EventBridgeEvent<string, NotableEvent>): Promise<void> {
  const started = performance.now();
  const outcome = await notify(detail, deps);
  const milliseconds = Math.round(performance.now() - started);
  log("info", { message: "notified", cause: detail.id, outcome, milliseconds });
}
