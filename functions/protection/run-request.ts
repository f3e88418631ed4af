import { giveUpRequest, runRequest } from "@shangji/core/protection/run-request";
import { jobHandler } from "@shangji/lambda/job-handler";
import { deps } from "./stores-wiring.ts";

/** Worker of the exports and erasures that admins have asked for. */
export const handler = jobHandler("data-subject-request", {
  chunk: (call) => runRequest(call, deps),
  giveUp: (call) => giveUpRequest(call, deps),
});
