import * as z from "zod";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import {
  ApiKeyPage,
  IssuedKey,
  KeyRotation,
  NewApiKey,
  NewServiceAccount,
  ServiceAccount,
  ServiceAccountPage,
  ServiceAccountPatch,
  ServiceAccountQuery,
} from "./schemas.ts";

const account = z.strictObject({ id: idOf("serviceAccount") });
const key = z.strictObject({ id: idOf("serviceAccount"), keyId: idOf("apiKey") });

export const createServiceAccount = defineRoute({
  id: "createServiceAccount",
  domain: "service-accounts",
  method: "POST",
  path: "/v1/service-accounts",
  summary: "Add a service account",
  access: { entity: "serviceAccount", action: "create" },
  body: NewServiceAccount,
  status: 201,
  response: ServiceAccount,
  etag: true,
  errors: ["unknown_reference"],
});

export const getServiceAccount = defineRoute({
  id: "getServiceAccount",
  domain: "service-accounts",
  method: "GET",
  path: "/v1/service-accounts/{id}",
  summary: "Read a service account",
  access: { entity: "serviceAccount", action: "read" },
  params: account,
  status: 200,
  response: ServiceAccount,
  etag: true,
  errors: ["not_found"],
});

export const listServiceAccounts = defineRoute({
  id: "listServiceAccounts",
  domain: "service-accounts",
  method: "GET",
  path: "/v1/service-accounts",
  summary: "List service accounts, oldest first",
  access: { entity: "serviceAccount", action: "read" },
  query: ServiceAccountQuery,
  status: 200,
  response: ServiceAccountPage,
  errors: ["invalid_cursor"],
});

export const updateServiceAccount = defineRoute({
  id: "updateServiceAccount",
  domain: "service-accounts",
  method: "PATCH",
  path: "/v1/service-accounts/{id}",
  summary: "Change a service account; its keys follow within 60 s",
  access: { entity: "serviceAccount", action: "update" },
  params: account,
  body: ServiceAccountPatch,
  status: 200,
  response: ServiceAccount,
  etag: true,
  precondition: "if-match",
  errors: ["not_found", "unknown_reference"],
});

export const createApiKey = defineRoute({
  id: "createApiKey",
  domain: "service-accounts",
  method: "POST",
  path: "/v1/service-accounts/{id}/keys",
  summary: "Make a key; the answer is the only one that holds its secret",
  access: { entity: "apiKey", action: "create" },
  params: account,
  body: NewApiKey,
  status: 201,
  response: IssuedKey,
  etag: true,
  errors: ["not_found"],
});

export const listApiKeys = defineRoute({
  id: "listApiKeys",
  domain: "service-accounts",
  method: "GET",
  path: "/v1/service-accounts/{id}/keys",
  summary: "List the keys of a service account, latest change first, without their secrets",
  access: { entity: "apiKey", action: "read" },
  params: account,
  query: ServiceAccountQuery,
  status: 200,
  response: ApiKeyPage,
  errors: ["not_found", "invalid_cursor"],
});

export const rotateApiKey = defineRoute({
  id: "rotateApiKey",
  domain: "service-accounts",
  method: "POST",
  path: "/v1/service-accounts/{id}/keys/{keyId}/rotate",
  summary: "Make a key with the same name and scopes, and let the old one expire",
  access: { entity: "apiKey", action: "create" },
  params: key,
  body: KeyRotation,
  status: 201,
  response: IssuedKey,
  etag: true,
  precondition: "optional-if-match",
  errors: ["not_found", "key_not_usable"],
});

export const revokeApiKey = defineRoute({
  id: "revokeApiKey",
  domain: "service-accounts",
  method: "DELETE",
  path: "/v1/service-accounts/{id}/keys/{keyId}",
  summary: "Revoke a key; it works no more within 60 s",
  access: { entity: "apiKey", action: "delete" },
  params: key,
  status: 204,
  precondition: "if-match",
  errors: ["not_found"],
});
