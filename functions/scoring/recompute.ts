import { giveUpRecompute, recomputeScores } from "@shangji/core/scoring/recompute";
import { jobHandler } from "@shangji/lambda/job-handler";
import { deps } from "./recompute-wiring.ts";

/** Scores all leads by the rules of a version, which is what the job is about. */
export const handler = jobHandler("recompute scores", {
  chunk: ({ id }) => recomputeScores({ version: Number(id) }, deps),
  giveUp: ({ id }) => giveUpRecompute({ version: Number(id) }, deps),
});
