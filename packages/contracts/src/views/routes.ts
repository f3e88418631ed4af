import * as z from "zod";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { NewView, View, ViewPage, ViewPatch, ViewQuery } from "./schemas.ts";

const params = z.strictObject({ id: idOf("view") });

export const createView = defineRoute({
  id: "createView",
  domain: "views",
  method: "POST",
  path: "/v1/views",
  summary: "Save a view of a list, for oneself, one's team or all",
  access: { entity: "view", action: "create" },
  body: NewView,
  status: 201,
  response: View,
  etag: true,
  errors: [],
});

export const getView = defineRoute({
  id: "getView",
  domain: "views",
  method: "GET",
  path: "/v1/views/{id}",
  summary: "Read a view",
  access: { entity: "view", action: "read" },
  params,
  status: 200,
  response: View,
  etag: true,
  errors: ["not_found"],
});

export const listViews = defineRoute({
  id: "listViews",
  domain: "views",
  method: "GET",
  path: "/v1/views",
  summary: "List one's own views and those that are shared, latest change first",
  access: { entity: "view", action: "read" },
  query: ViewQuery,
  status: 200,
  response: ViewPage,
  errors: ["invalid_cursor"],
});

export const updateView = defineRoute({
  id: "updateView",
  domain: "views",
  method: "PATCH",
  path: "/v1/views/{id}",
  summary: "Change a view; its owner and admins may",
  access: { entity: "view", action: "update" },
  params,
  body: ViewPatch,
  status: 200,
  response: View,
  etag: true,
  precondition: "if-match",
  errors: ["not_found"],
});

export const deleteView = defineRoute({
  id: "deleteView",
  domain: "views",
  method: "DELETE",
  path: "/v1/views/{id}",
  summary: "Delete a view; its owner and admins may",
  access: { entity: "view", action: "delete" },
  params,
  status: 204,
  precondition: "if-match",
  errors: ["not_found"],
});
