import * as z from "zod";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import {
  DirectoryQuery,
  Me,
  NewTeam,
  NewUser,
  Team,
  TeamPage,
  TeamPatch,
  User,
  UserPage,
  UserPatch,
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
  summary: "Add a user to the directory",
  access: { entity: "user", action: "create" },
  body: NewUser,
  status: 201,
  response: User,
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
  response: User,
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
  summary: "Change a user",
  access: { entity: "user", action: "update" },
  params: userId,
  body: UserPatch,
  status: 200,
  response: User,
  etag: true,
  precondition: "if-match",
  errors: ["not_found", "duplicate_value", "unknown_reference"],
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
  errors: ["unknown_reference"],
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
  errors: ["not_found", "unknown_reference"],
});
