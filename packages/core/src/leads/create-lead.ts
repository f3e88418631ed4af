import type { Lead, NewLead } from "@shangji/contracts/leads/schemas";
import { checkDuplicates, marksPatch } from "../duplicates/check-duplicates.ts";
import { type Written, written } from "../duplicates/written.ts";
import type { Stored } from "../kit/record.ts";
import { ownershipOf } from "../people/ownership.ts";
import { newLead } from "./new-lead.ts";
import type { LeadDeps } from "./ports.ts";

/**
 * Adds a lead: somebody's when an owner is named, else new and nobody's.
 * @throws DomainError `unknown_reference`, `inactive_reference`, `duplicate_value`, `duplicate`
 */
export async function createLead(input: NewLead, deps: LeadDeps): Promise<Written<Stored<Lead>>> {
  const { leads, contacts, users, context } = deps;
  const [ownership, checked] = await Promise.all([
    input.ownerId === undefined ? {} : ownershipOf(input.ownerId, users),
    checkDuplicates({ entity: "lead", after: input }, { ...deps.duplicates, records: leads, others: contacts }),
  ]);
  const parts = { ...input, ...ownership, ...marksPatch(checked.marks) };
  const lead = newLead(parts, { context, command: "createLead" });
  return written(lead, checked, (claim) => leads.create(lead, claim), context.claim);
}
