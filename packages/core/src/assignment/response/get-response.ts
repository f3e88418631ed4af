import type { LeadResponse } from "@shangji/contracts/assignment/lead-response";
import { found } from "../../kit/domain-error.ts";
import type { Leads } from "../../leads/ports.ts";
import { isOpen } from "./clock.ts";
import type { ResponseClocks } from "./ports.ts";

/**
 * The clock of a lead, for who may read the lead. Which policy holds may tell of the fields that policies look at, so whoever
 * has any field hidden is told the deadline alone. @throws DomainError `not_found`
 */
export async function getLeadResponse(
  { id }: { id: string },
  {
    leads,
    clocks,
    hidden,
  }: { leads: Pick<Leads, "get">; clocks: Pick<ResponseClocks, "clockOf">; hidden: ReadonlySet<string> },
): Promise<LeadResponse> {
  const [, clock] = await Promise.all([found(leads.get(id)), clocks.clockOf(id)]);
  if (!clock) return { leadId: id };
  const { state, ownerId, assignedAt, respondBy, reassignments, holders } = clock;
  const { answeredAt, escalatedAt, escalatedTo, policyId } = clock;
  const next = isOpen(clock) ? clock.next : undefined;
  return {
    leadId: id,
    clock: {
      ...{ state, ownerId, assignedAt, respondBy, reassignments, holders, answeredAt, escalatedAt, escalatedTo },
      ...(hidden.size > 0 ? {} : { policyId }),
      ...(next ? { next: { step: next.step, at: next.dueAt } } : {}),
      ...(next?.step === "remind" ? { remindAt: next.dueAt } : {}),
    },
  };
}
