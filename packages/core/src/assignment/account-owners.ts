import type { Lead } from "@shangji/contracts/leads/schemas";
import type { Readable } from "../conditions/values-of.ts";
import { companyKey } from "../duplicates/company-key.ts";
import type { CompiledAssignment } from "./compile-assignment.ts";
import type { AccountOwners } from "./ports.ts";

/** Questions at the same time. */
const atOnce = 16;

/** Whether a rule that might decide about a lead gives it to the owner of its account. */
export function asksForAccountOwner({ rules }: CompiledAssignment, lead: Readable): boolean {
  return rules.some(({ enabled, target, matches }) => enabled && target.kind === "account_owner" && matches(lead));
}

/** Owners of a lead's accounts, which are those that are called like its company; nobody when it names none. */
export async function ownersOfAccounts(
  { company }: Pick<Lead, "company">,
  { accountOwners }: { accountOwners: AccountOwners },
): Promise<readonly string[]> {
  return company === undefined ? [] : accountOwners.ownersOf(company);
}

/** The same for many leads: by the key of their company. */
export async function ownersByCompany(
  leads: readonly Pick<Lead, "company">[],
  deps: { accountOwners: AccountOwners },
): Promise<ReadonlyMap<string, readonly string[]>> {
  const companies = new Map(leads.flatMap(({ company }) => (company ? [[companyKey(company), company]] : [])));
  const left = [...companies];
  const found = new Map<string, readonly string[]>();
  const ask = async () => {
    for (let next = left.pop(); next; next = left.pop()) {
      const [key, company] = next;
      found.set(key, await ownersOfAccounts({ company }, deps));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  return found;
}
