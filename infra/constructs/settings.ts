import { env } from "@shangji/lambda/env";
import type { Environment } from "./house-function.ts";
import type { Platform } from "./platform.ts";

/** Which table a function works on. */
export function tableSetting({ table }: Platform): Environment {
  return { [env.tableName]: table.name };
}

/** What every function behind routes reads: the table, and the language of answers to callers that ask for none. */
export function httpSettings(platform: Platform): Environment {
  return { ...tableSetting(platform), [env.defaultLocale]: platform.customer.locale };
}

/** In which zone the organisation's days begin. */
export function zoneSetting({ customer }: Platform): Environment {
  return { [env.orgZone]: customer.zone };
}

/** In which currency the organisation counts. */
export function currencySetting({ customer }: Platform): Environment {
  return { [env.baseCurrency]: customer.baseCurrency };
}

/** How the organisation is called, counts days and money, and speaks. */
export function organisationSettings(platform: Platform): Environment {
  const { customer } = platform;
  return {
    ...zoneSetting(platform),
    ...currencySetting(platform),
    [env.customer]: customer.customer,
    [env.defaultLocale]: customer.locale,
  };
}
