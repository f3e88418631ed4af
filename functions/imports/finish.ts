import { beat } from "@shangji/aws/dynamo/analytics/heartbeat";
import { finishImport } from "@shangji/core/imports/steps/finish-import";
import { log } from "@shangji/lambda/log";
import { systemClock } from "@shangji/lambda/settings";
import { deps, table } from "./steps-wiring.ts";

/** Last step: `{importId}`. Its heartbeat comes after all rows, so that analytics can tell when they have counted them. */
export async function handler({ importId }: { importId: string }): Promise<void> {
  const started = performance.now();
  await finishImport({ importId }, deps);
  await beat(table, systemClock);
  log("info", { message: "import", importId, step: "finish", milliseconds: Math.round(performance.now() - started) });
}
