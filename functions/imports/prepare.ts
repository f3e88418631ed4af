import { type Prepared, prepareImport } from "@shangji/core/imports/steps/prepare-import";
import { log } from "@shangji/lambda/log";
import { deps } from "./steps-wiring.ts";

/** First step: `{importId}` -> `{importId, chunks: [{importId, chunk}, …]}`. */
export async function handler({ importId }: { importId: string }): Promise<Prepared> {
  const started = performance.now();
  const prepared = await prepareImport({ importId }, deps);
  log("info", { message: "import", importId, step: "prepare", milliseconds: Math.round(performance.now() - started) });
  return prepared;
}
