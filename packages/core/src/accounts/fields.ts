import type { Account } from "@shangji/contracts/accounts/schemas";
import type { CatalogueOf, Field } from "../conditions/field.ts";
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
  contractEndsOn: { kind: "date" },
  parentId: { kind: "token" },
  pool: { kind: "opaque" },
  poolId: { kind: "token", derive: (record) => (record as Partial<Account>).pool?.poolId }, // asked of accounts alone
} as const satisfies CatalogueOf<Account> & Record<"poolId", Field>;
