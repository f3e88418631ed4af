import { type AssignOutcome, assignLead } from "@shangji/core/assignment/assign-lead";
import { log } from "@shangji/lambda/log";
import { systemContext } from "@shangji/lambda/system-context";
import { deps } from "./assign-wiring.ts";

interface Step {
  leadId: string;
  /** Id of the event that the execution is named after. */
  cause: string;
}

/** Step of the routing of a new lead: gives it to whom the rules name. It may run again, late and beside itself. */
export async function handler({ leadId, cause }: Step): Promise<{ outcome: AssignOutcome }> {
  const started = performance.now();
  const context = { ...systemContext(cause), source: "workflow" as const };
  const outcome = await assignLead({ leadId }, { ...deps, context });
  log("info", {
    message: "lead routed",
    leadId,
    cause,
    outcome,
    milliseconds: Math.round(performance.now() - started),
  });
  return { outcome };
}
