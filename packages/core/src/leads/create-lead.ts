import type { Lead, NewLead } from "@shangji/contracts/leads/schemas";
import { checkDuplicates, marksPatch } from "../duplicates/check-duplicates.ts";
import { type Written, written } from "../duplicates/written.ts";
import { newRecord } from "../kit/new-record.ts";
import type { Stored } from "../kit/record.ts";
import { ownershipChange } from "../people/ownership.ts";
import type { LeadDeps } from "./ports.ts";

/**
 * Adds a lead: somebody's when an owner is named, else new and nobody's.
 * @throws DomainError `unknown_reference`, `inactive_reference`, `duplicate_value`, `duplicate`
 */
export async function createLead(
  input: NewLead & Pick<Lead, "formId">,
  deps: LeadDeps & { command?: string },
): Promise<Written<Stored<Lead>>> {
  const { leads, contacts, users, context, command = "createLead" } = deps;
  const [ownership, checked] = await Promise.all([
    ownershipChange(input.ownerId, users),
    checkDuplicates({ entity: "lead", after: input }, { ...deps.duplicates, records: leads, others: contacts }),
  ]);
  const at = context.clock.now().toISOString();
  const status = input.ownerId === undefined ? ("new" as const) : ("assigned" as const);
  const own = { ...input, ...ownership, ...marksPatch(checked.marks), status, statusChangedAt: at };
  const lead = newRecord<Lead>("lead", own, { context, command, at });
  return written(lead, checked, (claim) => leads.create(lead, claim), context.claim);
}
