import type { LeadRecycling } from "@shangji/contracts/recycling/lead-recycling";
import { found } from "../kit/domain-error.ts";
import type { Leads } from "../leads/ports.ts";
import type { Countdowns } from "./ports.ts";

/**
 * The countdown of a lead, for who may read the lead. Which rule holds may tell of the fields that rules look at, so whoever
 * has any field hidden is told when and why alone. @throws DomainError `not_found`
 */
export async function getLeadRecycling(
  { id }: { id: string },
  {
    leads,
    countdowns,
    hidden,
  }: { leads: Pick<Leads, "get">; countdowns: Pick<Countdowns, "countdownOf">; hidden: ReadonlySet<string> },
): Promise<LeadRecycling> {
  const [, countdown] = await Promise.all([found(leads.get(id)), countdowns.countdownOf(id)]);
  if (!countdown) return { leadId: id };
  const { state, ownerId, ownedSince, touchedAt, recycleAt, poolId, because, warned, recycledAt, next } = countdown;
  return {
    leadId: id,
    recycling: {
      ...{ state, ownerId, ownedSince, touchedAt, recycleAt, poolId, because, warned, recycledAt },
      ...(hidden.size > 0 ? {} : { ruleId: countdown.ruleId }),
      ...(next ? { next: { step: next.step, at: next.dueAt } } : {}),
    },
  };
}
