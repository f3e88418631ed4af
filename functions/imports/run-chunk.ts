import { runChunk } from "@shangji/core/imports/steps/run-chunk";
import { log } from "@shangji/lambda/log";
import { deps } from "./steps-wiring.ts";

/** Step for each chunk: `{importId, chunk}` -> `{chunk, rows, failed}`. */
export async function handler({ importId, chunk }: { importId: string; chunk: number }) {
  const started = performance.now();
  const result = await runChunk({ importId, chunk }, deps);
  const milliseconds = Math.round(performance.now() - started);
  log("info", {
    message: "import",
    importId,
    step: "run-chunk",
    rows: result.rows,
    failed: result.failed,
    milliseconds,
  });
  return result;
}
