import { env } from "@shangji/lambda/env";
import type { Environment } from "./house-function.ts";
import type { Platform, TablePlatform } from "./platform.ts";

/** Which table a function works on. */
export function tableSetting({ table }: Pick<TablePlatform, "table">): Environment {
  return { [env.tableName]: table.name };
}

/** Where the audit trail is. */
export function auditSetting({ auditTable }: Pick<TablePlatform, "auditTable">): Environment {
  return { [env.auditTableName]: auditTable.name };
}

/** Where the search index is. */
export function searchSetting({ searchTable }: Pick<Platform, "searchTable">): Environment {
  return { [env.searchTableName]: searchTable.name };
}

/** Where the totals are. */
export function totalsSetting({ totalsTable }: Pick<Platform, "totalsTable">): Environment {
  return { [env.totalsTableName]: totalsTable.name };
}

/** What writers of the audit trail read: where it is, and how long entries are kept. */
export function auditWriterSettings(platform: TablePlatform): Environment {
  return { ...auditSetting(platform), [env.auditDays]: String(platform.customer.retention.auditDays) };
}

/** What every function behind routes reads: the table, and the language of answers to callers that ask for none. */
export function httpSettings(platform: Platform): Environment {
  return { ...tableSetting(platform), [env.defaultLocale]: platform.customer.locale };
}

/** How many requests a minute callers have who have no budget of their own. */
export function budgetSettings({ customer }: Platform): Environment {
  return {
    [env.machineRequestsPerMinute]: String(customer.budgets.machine),
    [env.personRequestsPerMinute]: String(customer.budgets.person),
  };
}

/** In which zone the organisation's days begin. */
export function zoneSetting({ customer }: Platform): Environment {
  return { [env.orgZone]: customer.zone };
}

/** In which currency the organisation counts. */
export function currencySetting({ customer }: Platform): Environment {
  return { [env.baseCurrency]: customer.baseCurrency };
}

/** Where phone numbers without a country code belong. */
export function phoneSetting({ customer }: Platform): Environment {
  return { [env.phoneCountry]: customer.phoneCountry ?? countryOf[customer.locale] };
}

/** Where most customers of a language are. */
const countryOf = { "zh-CN": "CN", en: "US" } as const;

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
