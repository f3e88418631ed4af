import { sweepClocks } from "@shangji/core/assignment/response/sweep-clocks";
import { log } from "@shangji/lambda/log";
import { systemContext } from "@shangji/lambda/system-context";
import type { ScheduledEvent } from "aws-lambda";
import { deps } from "./sweep-wiring.ts";

/** Does what is due of response clocks, once a minute. It may run twice and beside itself. */
export async function handler({ id }: ScheduledEvent): Promise<void> {
  const started = performance.now();
  const swept = await sweepClocks({ ...deps, context: systemContext(id) });
  if (Object.keys(swept).length === 0) return;
  log("info", { message: "clocks swept", swept, milliseconds: Math.round(performance.now() - started) });
}
