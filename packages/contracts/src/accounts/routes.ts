import * as z from "zod";
import { AccountLike, Duplicates } from "../duplicates/schemas.ts";
import { defineBatch } from "../kit/batch.ts";
import { DeletedQuery, Restoration } from "../kit/deleted.ts";
import { listErrors } from "../kit/list-query.ts";
import { ExternalId, idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { Account, AccountPage, AccountPatch, AccountQuery, NewAccount, WrittenAccount } from "./schemas.ts";

const params = z.strictObject({ id: idOf("account") });

export const createAccount = defineRoute({
  id: "createAccount",
  domain: "accounts",
  method: "POST",
  path: "/v1/accounts",
  summary: "Add an account",
  access: { entity: "account", action: "create" },
  body: NewAccount,
  status: 201,
  response: WrittenAccount,
  etag: true,
  errors: ["duplicate_value", "duplicate", "unknown_reference", "inactive_reference"],
});

export const getAccount = defineRoute({
  id: "getAccount",
  domain: "accounts",
  method: "GET",
  path: "/v1/accounts/{id}",
  summary: "Read an account; the id of a merged one leads on to the one that it was merged into",
  access: { entity: "account", action: "read" },
  params,
  status: 200,
  response: Account,
  etag: true,
  redirects: true,
  errors: ["not_found"],
});

export const listAccounts = defineRoute({
  id: "listAccounts",
  domain: "accounts",
  method: "GET",
  path: "/v1/accounts",
  summary: "List accounts, latest change first unless sorted otherwise",
  access: { entity: "account", action: "read" },
  query: AccountQuery,
  status: 200,
  response: AccountPage,
  errors: listErrors,
});

export const updateAccount = defineRoute({
  id: "updateAccount",
  domain: "accounts",
  method: "PATCH",
  path: "/v1/accounts/{id}",
  summary: "Change an account",
  access: { entity: "account", action: "update" },
  params,
  body: AccountPatch,
  status: 200,
  response: WrittenAccount,
  etag: true,
  precondition: "if-match",
  errors: ["not_found", "pooled", "unknown_reference", "inactive_reference", "duplicate_value", "duplicate"],
});

export const deleteAccount = defineRoute({
  id: "deleteAccount",
  domain: "accounts",
  method: "DELETE",
  path: "/v1/accounts/{id}",
  summary: "Delete an account; its unique values become free",
  access: { entity: "account", action: "delete" },
  params,
  status: 204,
  precondition: "if-match",
  errors: ["not_found", "pooled"],
});

export const listDeletedAccounts = defineRoute({
  id: "listDeletedAccounts",
  domain: "accounts",
  method: "GET",
  path: "/v1/accounts/deleted",
  summary: "List accounts that were deleted in the last thirty days and can be restored, latest deletion first",
  access: { entity: "account", action: "delete" },
  query: DeletedQuery,
  status: 200,
  response: AccountPage,
  errors: ["invalid_cursor"],
});

export const restoreAccount = defineRoute({
  id: "restoreAccount",
  domain: "accounts",
  method: "POST",
  path: "/v1/accounts/{id}/restoration",
  summary:
    "Bring back an account that was deleted in the last thirty days, with its unique values if they are still free",
  access: { entity: "account", action: "delete" },
  params,
  body: Restoration,
  status: 200,
  response: Account,
  etag: true,
  precondition: "optional-if-match",
  errors: ["not_found", "conflict", "duplicate_value", "duplicate"],
});

export const findAccountDuplicates = defineRoute({
  id: "findAccountDuplicates",
  domain: "accounts",
  method: "GET",
  path: "/v1/accounts/duplicates",
  summary: "Accounts that look like one that is about to be added",
  access: { entity: "account", action: "read" },
  query: AccountLike,
  status: 200,
  response: Duplicates,
  errors: [],
});

export const getAccountDuplicates = defineRoute({
  id: "getAccountDuplicates",
  domain: "accounts",
  method: "GET",
  path: "/v1/accounts/{id}/duplicates",
  summary: "Other accounts that look like this one",
  access: { entity: "account", action: "read" },
  params,
  status: 200,
  response: Duplicates,
  errors: ["not_found"],
});

export const putAccount = defineRoute({
  id: "putAccount",
  domain: "accounts",
  method: "PUT",
  path: "/v1/accounts/by-external-id/{source}/{id}",
  summary: "Give an account of another system these fields; it is added if it is not there",
  access: { entity: "account", action: "create" },
  orAccess: { entity: "account", action: "update" },
  params: ExternalId,
  body: AccountPatch,
  status: 200,
  response: Account,
  etag: true,
  precondition: "optional-if-match",
  upserts: true,
  errors: ["pooled", "duplicate_value", "unknown_reference", "inactive_reference"],
});

export const batchAccounts = defineBatch({
  id: "batchAccounts",
  domain: "accounts",
  entity: "account",
  path: "/v1/accounts/batch",
  summary: "Add, change or put up to a hundred accounts, each with a result of its own",
  rows: { create: NewAccount, fields: AccountPatch, upsertFields: AccountPatch },
  rowErrors: ["not_found", "pooled", "duplicate_value", "unknown_reference", "inactive_reference"],
});
