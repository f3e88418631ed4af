import type { Organization, RatesUpdate } from "@shangji/contracts/organization/schemas";
import { type CallContext, changeBy } from "../kit/context.ts";
import { DomainError } from "../kit/domain-error.ts";
import { assertVersion } from "../kit/revise.ts";
import type { OrganizationSettings, Rates } from "./ports.ts";

/** Sets all rates. Amounts already stored keep the rate that they were written with. */
export async function updateRates(
  input: RatesUpdate & { expectedVersion?: number | undefined },
  deps: { settings: OrganizationSettings; rates: Rates; context: CallContext },
): Promise<Organization> {
  if (input.rates.some((rate) => rate.currency === deps.settings.baseCurrency)) {
    throw new DomainError("invalid_request", "The base currency has no rate.", {
      errors: [{ pointer: "/body/rates", message: "must not name the base currency" }],
    });
  }
  const stored = await deps.rates.get();
  const version = stored?.version ?? 1;
  assertVersion({ version }, input.expectedVersion);
  const change = changeBy(deps.context, "updateRates", deps.context.clock.now().toISOString());
  await deps.rates.put({ rates: input.rates, version: version + 1, change }, stored ? version : 0);
  return { ...deps.settings, rates: input.rates, version: version + 1 };
}
