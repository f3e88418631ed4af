import type { LeadAssignment } from "@shangji/contracts/assignment/schemas";
import { found } from "../kit/domain-error.ts";
import type { Leads } from "../leads/ports.ts";
import type { Assignments } from "./ports.ts";

/**
 * The decision by which a lead was given to whom, for who may read the lead. Where rules looked at a field that is hidden from
 * the reader, which of them matched would tell what is in it; so rules and people are left out.
 * @throws DomainError `not_found`
 */
export async function getLeadAssignment(
  { id }: { id: string },
  {
    leads,
    assignments,
    hidden,
  }: { leads: Pick<Leads, "get">; assignments: Pick<Assignments, "decisionOf">; hidden: ReadonlySet<string> },
): Promise<LeadAssignment> {
  const [, stored] = await Promise.all([found(leads.get(id)), assignments.decisionOf(id)]);
  if (!stored) return { leadId: id };
  const { ruleId, poolId, teamId, rulesVersion, lookedAt, explanation } = stored;
  const { rules, candidates, ...result } = explanation;
  const told = lookedAt.some((field) => hidden.has(field)) ? {} : { ruleId, poolId, rules, candidates };
  return { leadId: id, decision: { ...result, teamId, rulesVersion, ...told } };
}
