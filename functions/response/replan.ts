import { recyclingRulesPartitions } from "@shangji/aws/dynamo/assignment/partitions";
import { replanClocks } from "@shangji/core/assignment/response/replan-clocks";
import { replanCountdowns } from "@shangji/core/recycling/replan-countdowns";
import { jobHandler } from "@shangji/lambda/job-handler";
import { systemContext } from "@shangji/lambda/system-context";
import { deps } from "./replan-wiring.ts";

/** Worker of the job that plans timers anew: `{id, cause}`, the id of the setting or of the person that has changed. */
export const handler = jobHandler("response-replan", {
  chunk({ id, cause }) {
    const all = { ...deps, context: systemContext(cause) };
    const { lead, account } = all.recycled;
    if (id === recyclingRulesPartitions.lead) return replanCountdowns({ ...all, ...lead, records: all.leads });
    if (id === recyclingRulesPartitions.account) return replanCountdowns({ ...all, ...account, records: all.accounts });
    return replanClocks({ id }, all);
  },
  // Deadlines are looked at again when they come, and nobody waits for the job.
  giveUp: async () => {},
});
