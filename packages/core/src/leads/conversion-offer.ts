import type { ConversionOffer } from "@shangji/contracts/leads/conversion";
import type { Lead } from "@shangji/contracts/leads/schemas";
import { hiddenFields } from "../access/field-rules.ts";
import { findDuplicates } from "../duplicates/find-duplicates.ts";
import { found } from "../kit/domain-error.ts";
import type { ConversionDeps } from "./ports.ts";
import { failedConversionRules } from "./transition-rules.ts";

/**
 * Accounts and contacts that a lead may be already, of those that the caller may read. What the caller may not see of the lead
 * is not compared. @throws DomainError `not_found`
 */
export async function conversionOffer(
  { id }: { id: string },
  deps: Pick<ConversionDeps, "leads" | "accounts" | "contacts" | "duplicates" | "viewer">,
): Promise<ConversionOffer> {
  const lead = await found(deps.leads.get(id));
  const hidden = hiddenFields(deps.viewer, "lead");
  const seen = <F extends keyof Lead>(field: F): Lead[F] | undefined => (hidden.has(field) ? undefined : lead[field]);
  const { country } = deps.duplicates;
  const [name, phone, email] = [seen("company"), seen("phone"), seen("email")];
  const [accounts, contacts] = await Promise.all([
    findDuplicates({ entity: "account", fields: known({ name, phone }) }, { records: deps.accounts, country }),
    findDuplicates({ entity: "contact", fields: known({ email, phone }) }, { records: deps.contacts, country }),
  ]);
  const blockedBy =
    lead.status === "converted"
      ? [{ rule: "same_status" as const, message: "The lead has been converted." }]
      : failedConversionRules(lead);
  return { accounts: accounts.items, contacts: contacts.items, blockedBy };
}

function known(fields: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
