import type { Opportunity } from "@shangji/contracts/opportunities/schemas";
import { notFound } from "../kit/domain-error.ts";
import type { OpportunityDeps } from "./ports.ts";
import { processOf } from "./transition-opportunity.ts";
import { failedRules } from "./transition-rules.ts";

/** The legal next stages of a record; `blockedBy` is what the record or the request still lacks. @throws DomainError `not_found` */
export async function listTransitions(
  input: { id: string },
  deps: Pick<OpportunityDeps, "opportunities" | "pipelines" | "hidden">,
) {
  const record = await deps.opportunities.get(input.id);
  if (!record) throw notFound();
  return { stageId: record.stageId, items: offers(record, await processOf(record, deps.pipelines), deps.hidden) };
}

function offers(
  record: Opportunity,
  process: Parameters<typeof failedRules>[3],
  hidden: ReadonlySet<string> | undefined,
) {
  return process.transitions
    .filter((transition) => transition.from === record.stageId)
    .flatMap((transition) => {
      const target = process.stages.find((stage) => stage.id === transition.to);
      if (!target) return [];
      return {
        to: target.id,
        name: target.name,
        type: target.type,
        requiredFields: transition.requiredFields,
        requiresReason: transition.requiresReason,
        requiresLostReason: target.type === "lost",
        blockedBy: failedRules(record, target, {}, process, hidden),
      };
    });
}
