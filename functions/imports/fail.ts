import { failImport } from "@shangji/core/imports/steps/fail-import";
import { log } from "@shangji/lambda/log";
import { deps } from "./fail-wiring.ts";

/** Step after a fault that retries have not cured: `{importId}`, whatever else the workflow passes on. */
export async function handler({ importId }: { importId: string }): Promise<void> {
  await failImport({ importId }, deps);
  log("error", { message: "import", importId, step: "fail" });
}
