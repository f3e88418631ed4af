import { giveUpExport, runExport } from "@shangji/core/exports/run-export";
import { jobHandler } from "@shangji/lambda/job-handler";
import { systemContext } from "@shangji/lambda/system-context";
import { deps } from "./worker-wiring.ts";

const contextOf = (cause: string) => ({ ...systemContext(cause), source: "workflow" as const });

/** Worker of the exports of lists. */
export const handler = jobHandler("export", {
  chunk: ({ id, cause }) => runExport({ id }, { ...deps, context: contextOf(cause) }),
  giveUp: ({ id, cause }) => giveUpExport({ id }, { ...deps, context: contextOf(cause) }),
});
