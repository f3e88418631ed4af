import * as z from "zod";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import {
  Deactivation,
  DeactivationProgress,
  DirectoryQuery,
  Holdings,
  Me,
  NewDeactivation,
  NewInvitation,
  NewTeam,
  Person,
  Team,
  TeamPage,
  TeamPatch,
  UserPage,
  UserPatch,
  UserToAdd,
} from "./schemas.ts";

const userId = z.strictObject({ id: idOf("user") });
const teamId = z.strictObject({ id: idOf("team") });

export const getMe = defineRoute({
  id: "getMe",
  domain: "people",
  method: "GET",
  path: "/v1/me",
  summary: "Who the caller is: a user, or a service account with its key; and the team",
  access: { entity: "self", action: "read" },
  status: 200,
  response: Me,
  errors: ["not_found"],
});

export const createUser = defineRoute({
  id: "createUser",
  domain: "people",
  method: "POST",
  path: "/v1/users",
  summary: "Add a user to the directory, and invite them if asked to",
  access: { entity: "user", action: "create" },
  body: UserToAdd,
  status: 201,
  response: Person,
  etag: true,
  errors: ["duplicate_value", "unknown_reference"],
});

export const getUser = defineRoute({
  id: "getUser",
  domain: "people",
  method: "GET",
  path: "/v1/users/{id}",
  summary: "Read a user",
  access: { entity: "user", action: "read" },
  params: userId,
  status: 200,
  response: Person,
  etag: true,
  errors: ["not_found"],
});

export const listUsers = defineRoute({
  id: "listUsers",
  domain: "people",
  method: "GET",
  path: "/v1/users",
  summary: "List users by name",
  access: { entity: "user", action: "read" },
  query: DirectoryQuery,
  status: 200,
  response: UserPage,
  errors: ["invalid_cursor"],
});

export const updateUser = defineRoute({
  id: "updateUser",
  domain: "people",
  method: "PATCH",
  path: "/v1/users/{id}",
  summary: "Change a user; what one may change depends on whose user it is",
  access: { entity: "user", action: "update" },
  params: userId,
  body: UserPatch,
  status: 200,
  response: Person,
  etag: true,
  precondition: "if-match",
  errors: ["not_found", "duplicate_value", "unknown_reference", "locks_out"],
});

export const inviteUser = defineRoute({
  id: "inviteUser",
  domain: "people",
  method: "POST",
  path: "/v1/users/{id}/invitation",
  summary: "Send a user an invitation, or another one",
  access: { entity: "user", action: "create" },
  params: userId,
  body: NewInvitation,
  status: 202,
  response: Person,
  etag: true,
  errors: ["not_found", "user_inactive", "invitation_accepted"],
});

export const getHoldings = defineRoute({
  id: "getHoldings",
  domain: "people",
  method: "GET",
  path: "/v1/users/{id}/holdings",
  summary: "What a user owns and leads, as far as the caller may read it",
  access: { entity: "user", action: "delete" },
  params: userId,
  status: 200,
  response: Holdings,
  errors: ["not_found"],
});

export const deactivateUser = defineRoute({
  id: "deactivateUser",
  domain: "people",
  method: "POST",
  path: "/v1/users/{id}/deactivation",
  summary: "Lock a user out and hand over what they own and lead; ordering it again goes on with what is left",
  access: { entity: "user", action: "delete" },
  params: userId,
  body: NewDeactivation,
  status: 202,
  response: Deactivation,
  errors: ["not_found", "unknown_reference", "inactive_reference", "locks_out"],
});

export const getDeactivation = defineRoute({
  id: "getDeactivation",
  domain: "people",
  method: "GET",
  path: "/v1/users/{id}/deactivation",
  summary: "How far the hand-over of a deactivated user has come",
  access: { entity: "user", action: "delete" },
  params: userId,
  status: 200,
  response: DeactivationProgress,
  errors: ["not_found"],
});

export const createTeam = defineRoute({
  id: "createTeam",
  domain: "people",
  method: "POST",
  path: "/v1/teams",
  summary: "Add a team",
  access: { entity: "team", action: "create" },
  body: NewTeam,
  status: 201,
  response: Team,
  etag: true,
  errors: ["unknown_reference", "inactive_reference"],
});

export const getTeam = defineRoute({
  id: "getTeam",
  domain: "people",
  method: "GET",
  path: "/v1/teams/{id}",
  summary: "Read a team",
  access: { entity: "team", action: "read" },
  params: teamId,
  status: 200,
  response: Team,
  etag: true,
  errors: ["not_found"],
});

export const listTeams = defineRoute({
  id: "listTeams",
  domain: "people",
  method: "GET",
  path: "/v1/teams",
  summary: "List teams by name",
  access: { entity: "team", action: "read" },
  query: DirectoryQuery,
  status: 200,
  response: TeamPage,
  errors: ["invalid_cursor"],
});

export const updateTeam = defineRoute({
  id: "updateTeam",
  domain: "people",
  method: "PATCH",
  path: "/v1/teams/{id}",
  summary: "Change a team, its manager, parent or region",
  access: { entity: "team", action: "update" },
  params: teamId,
  body: TeamPatch,
  status: 200,
  response: Team,
  etag: true,
  precondition: "if-match",
  errors: ["not_found", "unknown_reference", "inactive_reference"],
});
