import { sweepClocks } from "@shangji/core/assignment/response/sweep-clocks";
import { sweepCountdowns } from "@shangji/core/recycling/sweep-countdowns";
import { log } from "@shangji/lambda/log";
import { systemContext } from "@shangji/lambda/system-context";
import type { ScheduledEvent } from "aws-lambda";
import { allOf } from "./all-of.ts";
import { deps } from "./sweep-wiring.ts";

/** Does what is due of the timers of leads, once a minute. It may run twice and beside itself. */
export async function handler({ id }: ScheduledEvent): Promise<void> {
  const started = performance.now();
  const all = { ...deps, context: systemContext(id) };
  const [response, recycling] = await allOf([sweepClocks(all), sweepCountdowns(all)]);
  if (Object.keys({ ...response, ...recycling }).length === 0) return;
  const milliseconds = Math.round(performance.now() - started);
  log("info", { message: "timers swept", response, recycling, milliseconds });
}
