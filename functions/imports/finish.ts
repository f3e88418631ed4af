import { finishImport } from "@shangji/core/imports/steps/finish-import";
import { log } from "@shangji/lambda/log";
import { deps } from "./steps-wiring.ts";

/** Last step: `{importId}`. */
export async function handler({ importId }: { importId: string }): Promise<void> {
  const started = performance.now();
  await finishImport({ importId }, deps);
  log("info", { message: "import", importId, step: "finish", milliseconds: Math.round(performance.now() - started) });
}
