import * as z from "zod";
import { listErrors } from "../kit/list-query.ts";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { Account, AccountPage, AccountPatch, AccountQuery, NewAccount } from "./schemas.ts";

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
  response: Account,
  etag: true,
  errors: ["duplicate_value", "unknown_reference"],
});

export const getAccount = defineRoute({
  id: "getAccount",
  domain: "accounts",
  method: "GET",
  path: "/v1/accounts/{id}",
  summary: "Read an account",
  access: { entity: "account", action: "read" },
  params,
  status: 200,
  response: Account,
  etag: true,
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
  response: Account,
  etag: true,
  precondition: "if-match",
  errors: ["not_found", "unknown_reference"],
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
  errors: ["not_found"],
});
