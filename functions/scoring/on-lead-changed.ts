import { isRescoredBy } from "@shangji/core/scoring/is-rescored-by";
import { noRules } from "@shangji/core/scoring/rule-set";
import { scoreLead } from "@shangji/core/scoring/score-lead";
import { log } from "@shangji/lambda/log";
import type { EventBridgeEvent } from "aws-lambda";
import { deps } from "./changed-wiring.ts";

interface LeadChanged {
  id: string;
  data: { id: string };
  /** Values of the changed fields before; a lead that is new or restored has none. */
  previous?: Record<string, unknown>;
}

/** Scores a lead again when a change asks for it. An event may come twice and out of order: the lead is scored as it is by then. */
export async function handler({ detail }: EventBridgeEvent<string, LeadChanged>): Promise<void> {
  const { data, previous } = detail;
  const [rules = noRules, progress] = await Promise.all([deps.ruleSets.cached(), deps.recomputes.cached()]);
  if (!isRescoredBy({ fields: previous && Object.keys(previous) }, { rules, progress })) return;
  const outcome = await scoreLead({ leadId: data.id }, deps);
  log("info", { message: "lead scored", leadId: data.id, cause: detail.id, outcome });
}
