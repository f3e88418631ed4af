import * as z from "zod";
import { likelyDuplicates } from "../duplicates/schemas.ts";
import { ListQuery } from "../kit/list-query.ts";
import {
  AmountMinor,
  CalendarDate,
  ExternalId,
  idOf,
  Line,
  Phone,
  pageOf,
  recordFields,
  Tags,
} from "../kit/primitives.ts";
import { AccountPool } from "../pools/schemas.ts";

const website = z.url({ protocol: /^https?$/ }).max(300);
const foundedYear = z.int().min(1000).max(2200);
const employees = z.int().min(0).max(100_000_000);

export const Account = z.object({
  id: idOf("account"),
  name: z.string(),
  industry: z.string().optional(),
  employees: z.int().optional(),
  annualRevenueMinor: z.int().optional().meta({ description: "In minor units of the base currency" }),
  foundedYear: z.int().optional(),
  region: z.string().optional(),
  website: z.string().optional(),
  phone: z.string().optional(),
  contractEndsOn: z.string().optional().meta({ description: "The last day of the contract" }),
  parentId: idOf("account").optional(),
  ownerId: idOf("user").optional(),
  teamId: idOf("team").optional(),
  tags: z.array(z.string()),
  externalId: ExternalId.optional(),
  pool: AccountPool.optional().meta({ description: "Where it waits while it is in a pool" }),
  ...recordFields,
});
export type Account = z.infer<typeof Account>;

/** An account that was added or changed, with what it looks like a duplicate of. */
export const WrittenAccount = Account.extend(likelyDuplicates);

export const NewAccount = z.strictObject({
  name: Line(200),
  industry: Line(80).optional(),
  employees: employees.optional(),
  annualRevenueMinor: AmountMinor.optional(),
  foundedYear: foundedYear.optional(),
  region: Line(80).optional(),
  website: website.optional(),
  phone: Phone.optional(),
  contractEndsOn: CalendarDate.optional(),
  parentId: idOf("account").optional(),
  ownerId: idOf("user").optional(),
  tags: Tags.default([]),
  externalId: ExternalId.optional(),
});
export type NewAccount = z.infer<typeof NewAccount>;

/** A `null` clears the field. */
export const AccountPatch = z.strictObject({
  name: Line(200).optional(),
  industry: Line(80).nullable().optional(),
  employees: employees.nullable().optional(),
  annualRevenueMinor: AmountMinor.nullable().optional(),
  foundedYear: foundedYear.nullable().optional(),
  region: Line(80).nullable().optional(),
  website: website.nullable().optional(),
  phone: Phone.nullable().optional(),
  contractEndsOn: CalendarDate.nullable().optional(),
  parentId: idOf("account").nullable().optional(),
  ownerId: idOf("user").nullable().optional(),
  tags: Tags.optional(),
  externalId: ExternalId.nullable().optional(),
});
export type AccountPatch = z.infer<typeof AccountPatch>;

export const AccountPage = pageOf(Account);

/** `owner` and `team` are short for terms of a filter; all that is given must hold. */
export const AccountQuery = z.strictObject({
  ...ListQuery,
  owner: idOf("user").optional(),
  team: idOf("team").optional(),
});
export type AccountQuery = z.infer<typeof AccountQuery>;
