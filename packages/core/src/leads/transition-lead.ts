import type { Lead, LeadTransitionOffers, LeadTransitionRequest } from "@shangji/contracts/leads/schemas";
import { DomainError, found } from "../kit/domain-error.ts";
import { type ChangeTarget, readForChange } from "../kit/read-for-change.ts";
import type { Stored } from "../kit/record.ts";
import { revise } from "../kit/revise.ts";
import { ownershipChange } from "../people/ownership.ts";
import { assertNotPooled } from "./assert-not-pooled.ts";
import { leadMovedTo } from "./move-lead.ts";
import type { LeadDeps } from "./ports.ts";
import { failedLeadRules, leadMoves } from "./transition-rules.ts";

/**
 * Moves a lead to another status in one conditional write, and gives it to the owner that the request names.
 * @throws DomainError `not_found`, `stale_version`, `unknown_reference`, `inactive_reference`, `pooled`, `transition_refused` with every
 * failed rule, `conflict` when another writer was first
 */
export async function transitionLead(
  input: ChangeTarget & { request: LeadTransitionRequest },
  deps: Pick<LeadDeps, "leads" | "users" | "context">,
): Promise<Stored<Lead>> {
  const { to, ownerId, reason } = input.request;
  const { leads, users, context } = deps;
  const before = await readForChange(leads, input);
  assertNotPooled(before);
  const ownership = await ownershipChange(ownerId, users);
  const failures = failedLeadRules(before, input.request);
  if (failures.length > 0) {
    throw new DomainError("transition_refused", failures.map(({ message }) => message).join(" "), { failures });
  }
  const move = leadMovedTo(to, context.clock.now().toISOString(), reason);
  const after = revise(before, { ...ownership, ...move }, { context, command: "transitionLead", reason });
  await leads.update(before, after, context.claim);
  return after;
}

/** The moves that a lead can make; `blockedBy` is what the lead or the request still lacks. @throws DomainError `not_found` */
export async function listLeadTransitions(
  { id }: { id: string },
  { leads }: Pick<LeadDeps, "leads">,
): Promise<LeadTransitionOffers> {
  const lead = await found(leads.get(id));
  const items = leadMoves
    .filter(({ from }) => from === lead.status)
    .map(({ to, requiresOwner, requiresReason }) => ({
      to,
      requiresOwner,
      requiresReason,
      blockedBy: failedLeadRules(lead, { to }),
    }));
  return { status: lead.status, items };
}
