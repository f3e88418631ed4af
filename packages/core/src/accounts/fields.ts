import type { Account } from "@shangji/contracts/accounts/schemas";
import type { CatalogueOf } from "../conditions/field.ts";
import { ownedFields } from "../kit/record-fields.ts";

export const accountFields = {
  ...ownedFields,
  name: { kind: "text" },
  industry: { kind: "text" },
  employees: { kind: "number" },
  annualRevenueMinor: { kind: "money" },
  foundedYear: { kind: "number" },
  region: { kind: "text" },
  website: { kind: "text" },
  phone: { kind: "text" },
  parentId: { kind: "token" },
} as const satisfies CatalogueOf<Account>;
