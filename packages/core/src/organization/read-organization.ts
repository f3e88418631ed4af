import type { Organization } from "@shangji/contracts/organization/schemas";
import type { OrganizationSettings, Rates } from "./ports.ts";

export async function readOrganization(deps: { settings: OrganizationSettings; rates: Rates }): Promise<Organization> {
  const stored = await deps.rates.get();
  return { ...deps.settings, rates: stored?.rates ?? [], version: stored?.version ?? 1 };
}
