import { env } from "@shangji/lambda/env";
import type { Environment } from "./house-function.ts";
import type { Platform } from "./platform.ts";

/** Which table a function works on. */
export function tableSetting({ table }: Platform): Environment {
  return { [env.tableName]: table.name };
}

/** The table, and how the organisation counts days and money and speaks. */
export function organisationSettings(platform: Platform): Environment {
  const { customer } = platform;
  return {
    ...tableSetting(platform),
    [env.customer]: customer.customer,
    [env.orgZone]: customer.zone,
    [env.baseCurrency]: customer.baseCurrency,
    [env.defaultLocale]: customer.locale,
  };
}
