import { type ScoreOutcome, scoreLead } from "@shangji/core/scoring/score-lead";
import { log } from "@shangji/lambda/log";
import { deps } from "./score-wiring.ts";

interface Step {
  leadId: string;
  /** Id of the event that the execution is named after. */
  cause: string;
}

/** Step of the routing of a new lead: scores it, so that rules of assignment can go by its score. It may run again, late and beside itself. */
export async function handler({ leadId, cause }: Step): Promise<{ outcome: ScoreOutcome }> {
  const outcome = await scoreLead({ leadId }, deps);
  log("info", { message: "lead scored", leadId, cause, outcome });
  return { outcome };
}
