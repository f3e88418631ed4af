import * as z from "zod";
import { Periods, TimeZone, WeekHours } from "../calendar/schemas.ts";
import { Email, ExternalId, idOf, Line, PageQuery, pageOf, Role, recordFields, Text } from "../kit/primitives.ts";
import { ApiKey, ServiceAccount } from "../service-accounts/schemas.ts";

export const Team = z.object({
  id: idOf("team"),
  name: z.string(),
  managerId: idOf("user").optional(),
  parentId: idOf("team").optional(),
  region: z.string().optional(),
  ...recordFields,
});
export type Team = z.infer<typeof Team>;

export const NewTeam = z.strictObject({
  name: Line(120),
  managerId: idOf("user").optional(),
  parentId: idOf("team").optional(),
  region: Line(80).optional(),
});
export type NewTeam = z.infer<typeof NewTeam>;

/** A `null` clears the field. */
export const TeamPatch = z.strictObject({
  name: Line(120).optional(),
  managerId: idOf("user").nullable().optional(),
  parentId: idOf("team").nullable().optional(),
  region: Line(80).nullable().optional(),
});
export type TeamPatch = z.infer<typeof TeamPatch>;

export const Locale = z.enum(["zh-CN", "en"]);

const Skills = z.array(Line(40)).max(50).refine(isDistinct, "must not name one twice");
/** Regions, as teams and accounts name them. */
const Territories = z.array(Line(80)).max(50).refine(isDistinct, "must not name one twice");

function isDistinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

/** What a person's work is planned by. */
const profile = {
  territories: Territories.optional().meta({ description: "Regions that the person is responsible for" }),
  skills: Skills.optional(),
  zone: TimeZone.optional().meta({ description: "IANA zone of working hours and leave; default: the organisation's" }),
  workingHours: WeekHours.optional(),
  leave: Periods.optional().meta({ description: "Whole days off, the first and the last one included" }),
};

/** How far a person has come on the way in. */
export const Invitation = z.object({
  state: z.enum(["requested", "sent", "accepted", "failed"]).meta({
    description: "requested: the e-mail is on its way; accepted: the person has signed in; failed: see `reason`",
  }),
  at: z.string().meta({ description: "When the invitation was last asked for" }),
  reason: z.enum(["email_in_use", "undeliverable"]).optional(),
});
export type Invitation = z.infer<typeof Invitation>;

export const User = z.object({
  id: idOf("user"),
  name: z.string(),
  email: z.string().optional(),
  role: Role,
  teamId: idOf("team").optional(),
  locale: Locale.optional().meta({ description: "Language in which the person is addressed" }),
  externalId: ExternalId.optional(),
  ...profile,
  active: z.boolean(),
  invitation: Invitation.optional(),
  deactivationId: idOf("deactivation").optional().meta({ description: "The last deactivation" }),
  ...recordFields,
});
export type User = z.infer<typeof User>;

export const UserStatus = z.enum(["not_invited", "invited", "active", "disabled"]).meta({
  description:
    "not_invited: in the directory alone; invited: may sign in and has not yet; active: has signed in; disabled: deactivated",
});
export type UserStatus = z.infer<typeof UserStatus>;

/** A user as the API shows it. */
export const Person = z.object({ ...User.shape, status: UserStatus });
export type Person = z.infer<typeof Person>;

export const NewUser = z.strictObject({
  name: Line(120),
  email: Email.optional(),
  role: Role.default("rep"),
  teamId: idOf("team").optional(),
  locale: Locale.optional(),
  externalId: ExternalId.optional(),
  ...profile,
});
export type NewUser = z.infer<typeof NewUser>;

export const UserToAdd = z.strictObject({
  ...NewUser.shape,
  invite: z.boolean().default(false).meta({ description: "Whether to send an invitation to the e-mail address" }),
});

/** A `null` clears the field. */
export const UserPatch = z.strictObject({
  name: Line(120).optional(),
  email: Email.nullable().optional(),
  role: Role.optional(),
  teamId: idOf("team").nullable().optional(),
  locale: Locale.nullable().optional(),
  territories: Territories.nullable().optional(),
  skills: Skills.nullable().optional(),
  zone: TimeZone.nullable().optional(),
  workingHours: WeekHours.nullable().optional(),
  leave: Periods.nullable().optional(),
  active: z.literal(true).optional().meta({ description: "Lets a deactivated person in again" }),
});
export type UserPatch = z.infer<typeof UserPatch>;

export const NewInvitation = z.strictObject({});

/** Kinds of what a person can own or lead. */
export const HoldingKind = z.enum(["account", "contact", "opportunity", "lead", "team"]);
export type HoldingKind = z.infer<typeof HoldingKind>;

const Holding = z.object({
  count: z.int().meta({ description: "At most 1,000 are counted" }),
  isMore: z.boolean().meta({ description: "Whether there are more than were counted" }),
  items: z
    .array(z.object({ id: z.string(), name: z.string() }))
    .meta({ description: "Latest change first, 20 at most" }),
});
export type Holding = z.infer<typeof Holding>;

/** What a person owns or leads, as far as the caller may read it. */
export const Holdings = z.object({
  account: Holding,
  contact: Holding,
  openOpportunity: Holding,
  closedOpportunity: Holding,
  lead: Holding.meta({ description: "Leads that are not converted or disqualified" }),
  team: Holding.meta({ description: "Teams that the person manages" }),
});
export type Holdings = z.infer<typeof Holdings>;

const successor = idOf("user").nullable();
export const Successors = z.strictObject({
  account: successor,
  contact: successor,
  opportunity: successor,
  lead: successor,
  team: successor,
} satisfies Record<HoldingKind, unknown>);
export type Successors = z.infer<typeof Successors>;

export const NewDeactivation = z.strictObject({
  handOverTo: z.union([successor, Successors]).meta({
    description:
      "Who gets what the person owns and leads, one for all or one for each kind; null leaves it where it is",
  }),
  closedOpportunities: z.enum(["stay", "move"]).default("stay").meta({
    description:
      "Won and lost deals, and leads that are converted or disqualified, stay with the person, so that figures of the past stay those of who earned them; `move` hands them over too",
  }),
  reason: Text(500).optional(),
});
export type NewDeactivation = z.output<typeof NewDeactivation>;

/** The end of a person's work here: who gets what, and how far that has come. */
export const Deactivation = z.object({
  id: idOf("deactivation"),
  userId: idOf("user"),
  handOverTo: Successors,
  closedOpportunities: z.enum(["stay", "move"]),
  reason: z.string().optional(),
  status: z.enum(["running", "completed", "failed", "superseded"]).meta({
    description: "superseded: the person was let in again, or the hand-over was ordered anew",
  }),
  failure: z.enum(["successor_inactive", "gave_up"]).optional(),
  ...recordFields,
});
export type Deactivation = z.infer<typeof Deactivation>;

export const DeactivationProgress = z.object({
  ...Deactivation.shape,
  moved: z.object({ account: z.int(), contact: z.int(), opportunity: z.int(), lead: z.int(), team: z.int() }),
});
export type DeactivationProgress = z.infer<typeof DeactivationProgress>;

export const UserPage = pageOf(Person);
export const TeamPage = pageOf(Team);
export const DirectoryQuery = z.strictObject(PageQuery);

/** A person, or the machine that calls with a key: it is told what the key may do and how long. */
export const Me = z.union([
  z.object({ user: Person, team: Team.optional() }),
  z.object({ serviceAccount: ServiceAccount, key: ApiKey, team: Team.optional() }),
]);
