import type { Contact } from "@shangji/contracts/contacts/schemas";
import type { CatalogueOf } from "../conditions/field.ts";
import { ownedFields } from "../kit/record-fields.ts";

export const contactFields = {
  ...ownedFields,
  name: { kind: "text" },
  accountId: { kind: "token" },
  title: { kind: "text" },
  email: { kind: "text" },
  phone: { kind: "text" },
} as const satisfies CatalogueOf<Contact>;
