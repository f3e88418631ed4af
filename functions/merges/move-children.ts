import { moveChildren } from "@shangji/core/merges/move-children";
import { jobHandler } from "@shangji/lambda/job-handler";
import { systemContext } from "@shangji/lambda/system-context";
import { deps } from "./move-wiring.ts";

/** Moves what belongs to the loser of a merge to the winner, or back again: the job of a merge, and of undoing one. */
export const handler = jobHandler("merge", {
  chunk: ({ id, cause }) => moveChildren({ mergeId: id }, { ...deps, context: systemContext(cause) }),
  // The merge says itself that it has not come to its end, and goes on when the job is started again.
  giveUp: async () => undefined,
});
