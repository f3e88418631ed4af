import { DomainError } from "../kit/domain-error.ts";
import { convert } from "../kit/money.ts";
import type { OrganizationSettings, Rates } from "./ports.ts";

/** An amount in the base currency, at the rate of now. @throws DomainError `currency_without_rate` */
export async function baseAmount(
  amountMinor: number,
  currency: string,
  deps: { settings: OrganizationSettings; rates: Rates },
): Promise<number> {
  const { baseCurrency } = deps.settings;
  if (currency === baseCurrency) return amountMinor;
  const rate = (await deps.rates.cached())?.rates.find((known) => known.currency === currency);
  if (!rate) {
    throw new DomainError("currency_without_rate", `There is no rate from ${currency} to ${baseCurrency}.`, {
      errors: [{ pointer: "/body/currency", message: "has no rate to the base currency" }],
    });
  }
  return convert(amountMinor, currency, baseCurrency, rate.rate);
}
