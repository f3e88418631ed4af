import * as z from "zod";
import { idOf, LocalizedText, PageQuery, pageOf, recordFields, Text } from "../kit/primitives.ts";

export const poolLimits = { pools: 100, people: 500, teams: 50, count: 100_000, records: 50 } as const;

/** Why a record goes back to a pool; `other` needs words. */
export const ReturnReason = z.enum([
  "no_answer",
  "wrong_contact",
  "no_need",
  "no_budget",
  "not_my_territory",
  "no_capacity",
  "other",
]);
export type ReturnReason = z.infer<typeof ReturnReason>;

const entry = {
  poolId: idOf("pool"),
  at: z.string(),
  previousOwnerId: idOf("user").optional(),
};

/** Why a record waits in a pool: whoever had it gave a reason, or left it alone too long. */
const PoolReason = z.enum([...ReturnReason.options, "recycled"]);

/** In which pool a lead waits, since when, and how it came there. */
export const LeadPool = z.object({
  ...entry,
  reason: PoolReason.optional().meta({
    description: "Why it was returned, with words in its statusReason; or `recycled`, when its owner had left it alone",
  }),
});
export type LeadPool = z.infer<typeof LeadPool>;

/** The same of an account, which has no status for the words to stand at. */
export const AccountPool = z.object({
  ...entry,
  reason: PoolReason.optional().meta({
    description: "Why it was returned; or `recycled`, when its owner had left it alone",
  }),
  text: z.string().optional().meta({ description: "What was said about why" }),
});
export type AccountPool = z.infer<typeof AccountPool>;

/** What a pool holds: one kind of record, the same for as long as it is there. */
export const PoolEntity = z.enum(["lead", "account"]);
export type PoolEntity = z.infer<typeof PoolEntity>;

const distinct = (values: readonly string[]) => new Set(values).size === values.length;

const userIds = z.array(idOf("user")).max(poolLimits.people).refine(distinct, "must not name one twice");
const teamIds = z.array(idOf("team")).max(poolLimits.teams).refine(distinct, "must not name one twice");

const definition = {
  name: LocalizedText,
  entity: PoolEntity.meta({ description: "What the pool holds; it stays so" }),
  memberIds: userIds.meta({ description: "People who may claim from it" }),
  memberTeamIds: teamIds.meta({ description: "Teams whose people may claim from it" }),
  adminIds: userIds.meta({
    description:
      "People who give out what it holds, see addresses, and claim without daily limits; admins are always some",
  }),
  holdingCap: z.int().min(1).max(poolLimits.count).meta({
    description: "Open leads, or accounts without a deal that was won, that a person may have to claim another one",
  }),
  claimsPerDay: z
    .int()
    .min(1)
    .max(poolLimits.count)
    .meta({ description: "Claims by one person in a day of the organisation; a return gives none back" }),
  waitDaysForPreviousOwner: z
    .int()
    .min(1)
    .max(365)
    .meta({ description: "For how many times 24 hours the last owner of a record may not claim it" }),
  lockHoursAfterEntry: z
    .int()
    .min(1)
    .max(8760)
    .meta({ description: "For how many hours nobody may claim what has just come" }),
  maskContactBeforeClaim: z.boolean().meta({ description: "Whether members see e-mail and phone only in part" }),
  isDefault: z
    .boolean()
    .meta({ description: "Takes leads that no assignment rule gives to anybody, if it holds leads" }),
};

/** People who share the leads, or the accounts, that nobody has. */
export const Pool = z.object({
  id: idOf("pool"),
  name: LocalizedText,
  entity: definition.entity,
  memberIds: z.array(z.string()),
  memberTeamIds: z.array(z.string()),
  adminIds: z.array(z.string()),
  holdingCap: z.int().optional(),
  claimsPerDay: z.int().optional(),
  waitDaysForPreviousOwner: z.int().optional(),
  lockHoursAfterEntry: z.int().optional(),
  maskContactBeforeClaim: z.boolean(),
  isDefault: z.boolean(),
  ...recordFields,
});
export type Pool = z.infer<typeof Pool>;

export const NewPool = z.strictObject({
  name: definition.name,
  entity: definition.entity.default("lead"),
  memberIds: definition.memberIds.default([]),
  memberTeamIds: definition.memberTeamIds.default([]),
  adminIds: definition.adminIds.default([]),
  holdingCap: definition.holdingCap.optional(),
  claimsPerDay: definition.claimsPerDay.optional(),
  waitDaysForPreviousOwner: definition.waitDaysForPreviousOwner.optional(),
  lockHoursAfterEntry: definition.lockHoursAfterEntry.optional(),
  maskContactBeforeClaim: definition.maskContactBeforeClaim.default(true),
  isDefault: definition.isDefault.default(false),
});
export type NewPool = z.infer<typeof NewPool>;

/** A `null` ends a limit. */
export const PoolPatch = z.strictObject({
  name: definition.name.optional(),
  memberIds: definition.memberIds.optional(),
  memberTeamIds: definition.memberTeamIds.optional(),
  adminIds: definition.adminIds.optional(),
  holdingCap: definition.holdingCap.nullable().optional(),
  claimsPerDay: definition.claimsPerDay.nullable().optional(),
  waitDaysForPreviousOwner: definition.waitDaysForPreviousOwner.nullable().optional(),
  lockHoursAfterEntry: definition.lockHoursAfterEntry.nullable().optional(),
  maskContactBeforeClaim: definition.maskContactBeforeClaim.optional(),
  isDefault: definition.isDefault.optional(),
});
export type PoolPatch = z.infer<typeof PoolPatch>;

export const PoolList = z.object({ items: z.array(Pool) });

export const PoolQuery = z.strictObject(PageQuery);

/** A lead as those see it who may claim it: what it is about, and of how to reach the person as much as the pool shows. */
export const PooledLead = z.object({
  id: idOf("lead"),
  version: z.int(),
  name: z.string(),
  company: z.string().optional(),
  title: z.string().optional(),
  email: z.string().optional().meta({ description: "In part, unless the pool or the caller's part in it shows it" }),
  phone: z.string().optional().meta({ description: "In part, unless the pool or the caller's part in it shows it" }),
  region: z.string().optional(),
  industry: z.string().optional(),
  source: z.string().optional(),
  campaign: z.string().optional(),
  tags: z.array(z.string()),
  pool: LeadPool,
  createdAt: z.string(),
});
export type PooledLead = z.infer<typeof PooledLead>;
export const PooledLeadPage = pageOf(PooledLead);

/** An account as those see it who may claim it. */
export const PooledAccount = z.object({
  id: idOf("account"),
  version: z.int(),
  name: z.string(),
  industry: z.string().optional(),
  employees: z.int().optional(),
  annualRevenueMinor: z.int().optional(),
  region: z.string().optional(),
  website: z.string().optional(),
  phone: z.string().optional().meta({ description: "In part, unless the pool or the caller's part in it shows it" }),
  tags: z.array(z.string()),
  pool: AccountPool,
  createdAt: z.string(),
});
export type PooledAccount = z.infer<typeof PooledAccount>;
export const PooledAccountPage = pageOf(PooledAccount);

const idsOf = (entity: PoolEntity) =>
  z.array(idOf(entity)).min(1).max(poolLimits.records).refine(distinct, "must not name one twice");
const ownerId = idOf("user");

const leadIds = idsOf("lead");

export const ClaimRequest = z.strictObject({ leadIds });

export const PoolAssignment = z.strictObject({ leadIds, ownerId });

export const PoolRemoval = z.strictObject({
  leadIds,
  ownerId: ownerId.optional().meta({ description: "Who gets the leads; default: nobody, they are new again" }),
});

const accountIds = idsOf("account");

export const AccountClaimRequest = z.strictObject({ accountIds });

export const PooledAccountAssignment = z.strictObject({ accountIds, ownerId });

export const PooledAccountRemoval = z.strictObject({
  accountIds,
  ownerId: ownerId.optional().meta({ description: "Who gets the accounts; default: nobody" }),
});

export const PoolReturn = z
  .strictObject({ poolId: idOf("pool"), reason: ReturnReason, text: Text(500).optional() })
  .refine(({ reason, text }) => reason !== "other" || text !== undefined, {
    path: ["text"],
    message: "is needed beside the reason other",
  });
export type PoolReturn = z.infer<typeof PoolReturn>;

/** One rule that stands against giving a record of a pool to somebody. */
export const PoolFailure = z.object({
  rule: z.enum(["holding_cap", "daily_cap", "previous_owner", "locked"]),
  message: z.string(),
  count: z.int().optional(),
  max: z.int().optional(),
  until: z.string().optional().meta({ description: "From when it does not stand against it any more" }),
});
export type PoolFailure = z.infer<typeof PoolFailure>;

const ClaimsOfPerson = z.object({
  userId: z.string(),
  today: z.int(),
  last30Days: z.int(),
});

const FirstTouch = z.object({
  claims: z.int().meta({ description: "Claims of the last thirty days, today included" }),
  count: z
    .int()
    .meta({ description: "How many of them have been followed up: by a follow-up note, or a move of the lead" }),
  meanSeconds: z.int().optional().meta({ description: "From a claim to its first touch, of those that have one" }),
  medianWithinSeconds: z
    .int()
    .optional()
    .meta({ description: "Within which half of those were touched, to a step such as 15 minutes, 4 hours, 2 days" }),
  p90WithinSeconds: z
    .int()
    .optional()
    .meta({ description: "The same for nine of ten; missing when it is more than thirty days" }),
});

/** How a pool is doing. */
export const PoolHealth = z.object({
  size: z.int().meta({ description: "How many wait in it" }),
  isAtLeast: z.boolean().meta({ description: "Whether there are more than were counted" }),
  oldestAt: z.string().optional().meta({ description: "Since when the first of them waits" }),
  oldestWaitSeconds: z.int().optional(),
  firstTouch: FirstTouch,
  claims: z.array(ClaimsOfPerson).meta({ description: "Who has claimed in the last thirty days, today included" }),
});
export type PoolHealth = z.infer<typeof PoolHealth>;
