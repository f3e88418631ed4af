import { replanClocks } from "@shangji/core/assignment/response/replan-clocks";
import { jobHandler } from "@shangji/lambda/job-handler";
import { systemContext } from "@shangji/lambda/system-context";
import { deps } from "./replan-wiring.ts";

/** Worker of the job that plans open clocks anew: `{id, cause}`, the id of the setting or of the person that has changed. */
export const handler = jobHandler("response-replan", {
  chunk: ({ id, cause }) => replanClocks({ id }, { ...deps, context: systemContext(cause) }),
  // Deadlines are looked at again when they come, and nobody waits for the job.
  giveUp: async () => {},
});
