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

/** How the organisation is called, counts days and money, and speaks. */
export function organisationSettings({ customer }: Platform): Environment {
  return {
    [env.customer]: customer.customer,
    [env.orgZone]: customer.zone,
    [env.baseCurrency]: customer.baseCurrency,
    [env.defaultLocale]: customer.locale,
  };
}
