import * as z from "zod";
import { ownedEntities } from "../kit/entities.ts";
import { idOf, Role, recordFields } from "../kit/primitives.ts";
import { RecordId } from "../timeline/schemas.ts";

/** Which records a rule covers: the caller's own, those of the caller's team, of the teams below it too, or all. */
export const Scope = z.enum(["none", "own", "team", "subordinates", "all"]);
export type Scope = z.infer<typeof Scope>;

/** What is there for everyone or not at all. */
const Whole = z.enum(["none", "all"]);

function actions<S extends z.ZodType>(scope: S) {
  return z.strictObject({ read: scope, create: scope, update: scope, delete: scope });
}

export const OwnedEntity = z.enum(ownedEntities);
export type OwnedEntity = z.infer<typeof OwnedEntity>;

const whole = actions(Whole);
const owned = actions(Scope);

/** Users are known to all or to none; which of them a role may change goes by their teams, and `own` is the caller's user. */
const User = z.strictObject({ read: Whole, create: Whole, update: Scope, delete: Whole });

/** A note is read by who may read its record too; `own` are the notes that the caller has written. */
const Note = actions(z.enum(["none", "own", "all"]));

/** What a role may do, by kind of record and action. Analytics count what the role may read of opportunities. */
export const Grants = z.strictObject({
  user: User,
  team: whole,
  account: owned,
  contact: owned,
  product: whole,
  pipeline: whole,
  opportunity: owned,
  lead: owned,
  note: Note,
  import: whole,
  organization: whole,
  analytics: whole,
  policy: whole,
  audit: whole,
});
export type Grants = z.infer<typeof Grants>;

export const FieldRule = z.enum(["hidden", "readOnly"]);

/** Rules for some of these fields; the others may be seen, and written by whoever may write the record. */
function rulesFor<const F extends string>(fields: readonly F[]) {
  return z.partialRecord(z.enum(fields), FieldRule).optional();
}

/**
 * Fields of a role that are hidden or may not be written. Names, owners, stages and dates carry the process itself and
 * cannot be hidden. The base amount follows the amount, and a deal's industry its account's.
 */
export const FieldRules = z.strictObject({
  account: rulesFor([
    "industry",
    "employees",
    "annualRevenueMinor",
    "foundedYear",
    "region",
    "website",
    "phone",
    "contractEndsOn",
    "parentId",
    "tags",
    "externalId",
  ]),
  contact: rulesFor(["accountId", "title", "email", "phone", "tags", "externalId"]),
  opportunity: rulesFor([
    "accountId",
    "productIds",
    "amountMinor",
    "expectedCloseDate",
    "source",
    "industry",
    "tags",
    "externalId",
    "lostReason",
  ]),
  lead: rulesFor([
    "company",
    "title",
    "email",
    "phone",
    "website",
    "region",
    "industry",
    "source",
    "campaign",
    "utm",
    "message",
    "custom",
    "consent",
    "tags",
    "externalId",
  ]),
});
export type FieldRules = z.infer<typeof FieldRules>;

export const AccessRules = z.strictObject({
  roles: z.strictObject({
    admin: Grants,
    manager: Grants,
    rep: Grants,
    analyst: Grants,
    integration: Grants,
  } satisfies Record<Role, typeof Grants>),
  /** @default no field has a rule */
  fields: z
    .strictObject({
      manager: FieldRules.optional(),
      rep: FieldRules.optional(),
      analyst: FieldRules.optional(),
      integration: FieldRules.optional(),
    } satisfies Partial<Record<Role, unknown>>)
    .optional(),
});
export type AccessRules = z.infer<typeof AccessRules>;

/** The organisation's access policy; version 0 is the product's own, as long as nobody has changed it. */
export const AccessPolicy = z
  .object({ ...AccessRules.shape, ...recordFields, version: z.int().min(0) })
  .partial({ createdAt: true, updatedAt: true });
export type AccessPolicy = z.infer<typeof AccessPolicy>;

export const ExplainQuery = z.strictObject({
  entity: OwnedEntity,
  id: z.string().max(60),
  action: z.enum(["read", "update", "delete"]).default("read"),
});

export const Explanation = z.object({
  allowed: z.boolean(),
  role: Role,
  entity: OwnedEntity,
  action: z.enum(["read", "update", "delete"]),
  scope: Scope.meta({ description: "What the role's rule covers" }),
  because: z
    .enum(["all", "owner", "team", "share", "out_of_scope", "no_rule"])
    .meta({ description: "What makes the record part of the scope, or what is missing" }),
});
export type Explanation = z.infer<typeof Explanation>;

export const ShareLevel = z.enum(["read", "write"]);

/** A single record that someone lets a user or a team read, or change too. */
export const Share = z.object({
  recordId: RecordId,
  principalId: z.union([idOf("user"), idOf("team")]),
  level: ShareLevel,
  sharedBy: z.string(),
  sharedAt: z.string(),
});
export const Shares = z.object({ items: z.array(Share) });
export const NewShare = z.strictObject({ level: ShareLevel.default("read") });
