import type { ImportEntity } from "@shangji/contracts/imports/schemas";

/** Fields of files that are called differently in records. */
const inRecords: Readonly<Record<ImportEntity, Readonly<Record<string, string>>>> = {
  accounts: { annualRevenue: "annualRevenueMinor", annualRevenueMillions: "annualRevenueMinor", parent: "parentId" },
  contacts: { account: "accountId" },
  products: {},
  users: {},
  opportunities: { account: "accountId", products: "productIds", amount: "amountMinor" },
  leads: { utmSource: "utm", utmMedium: "utm", utmCampaign: "utm", utmTerm: "utm", utmContent: "utm" },
};

/** The field of a record that a field of a file feeds: rules of roles name those. */
export function recordFieldOf(entity: ImportEntity, field: string): string {
  return field.startsWith("custom.") ? "custom" : (inRecords[entity][field] ?? field);
}
