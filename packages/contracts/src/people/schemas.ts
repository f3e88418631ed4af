import * as z from "zod";
import { Email, ExternalId, idOf, Line, PageQuery, pageOf, Role, recordFields } from "../kit/primitives.ts";
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

export const User = z.object({
  id: idOf("user"),
  name: z.string(),
  email: z.string().optional(),
  role: Role,
  teamId: idOf("team").optional(),
  locale: Locale.optional(),
  externalId: ExternalId.optional(),
  active: z.boolean(),
  ...recordFields,
});
export type User = z.infer<typeof User>;

export const NewUser = z.strictObject({
  name: Line(120),
  email: Email.optional(),
  role: Role.default("rep"),
  teamId: idOf("team").optional(),
  locale: Locale.optional(),
  externalId: ExternalId.optional(),
});
export type NewUser = z.infer<typeof NewUser>;

/** A `null` clears the field. */
export const UserPatch = z.strictObject({
  name: Line(120).optional(),
  email: Email.nullable().optional(),
  role: Role.optional(),
  teamId: idOf("team").nullable().optional(),
  locale: Locale.nullable().optional(),
  active: z.boolean().optional(),
});
export type UserPatch = z.infer<typeof UserPatch>;

export const UserPage = pageOf(User);
export const TeamPage = pageOf(Team);
export const DirectoryQuery = z.strictObject(PageQuery);

/** A person, or the machine that calls with a key: it is told what the key may do and how long. */
export const Me = z.union([
  z.object({ user: User, team: Team.optional() }),
  z.object({ serviceAccount: ServiceAccount, key: ApiKey, team: Team.optional() }),
]);
