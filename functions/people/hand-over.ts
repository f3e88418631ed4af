import { giveUpHandOver, handOver } from "@shangji/core/people/hand-over";
import { jobHandler } from "@shangji/lambda/job-handler";
import { systemContext } from "@shangji/lambda/system-context";
import { deps } from "./hand-over-wiring.ts";

const contextOf = (cause: string) => ({ ...systemContext(cause), source: "hand_over" as const });

/** Worker of the job that hands over what a deactivated user owned and led: `{id, cause}`, the id of the deactivation. */
export const handler = jobHandler("hand-over", {
  chunk: ({ id, cause }) => handOver({ id }, { ...deps, context: contextOf(cause) }),
  giveUp: ({ id, cause }) => giveUpHandOver({ id }, { ...deps, context: contextOf(cause) }),
});
