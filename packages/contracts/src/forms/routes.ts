import * as z from "zod";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { Form, FormKeyRotation, FormPage, FormPatch, FormQuery, NewForm } from "./schemas.ts";

const params = z.strictObject({ id: idOf("form") });

export const createForm = defineRoute({
  id: "createForm",
  domain: "forms",
  method: "POST",
  path: "/v1/forms",
  summary: "Make a public form, with a key of its own",
  access: { entity: "organization", action: "create" },
  body: NewForm,
  status: 201,
  response: Form,
  etag: true,
  errors: ["too_many_forms"],
});

export const getForm = defineRoute({
  id: "getForm",
  domain: "forms",
  method: "GET",
  path: "/v1/forms/{id}",
  summary: "Read a public form",
  access: { entity: "organization", action: "read" },
  params,
  status: 200,
  response: Form,
  etag: true,
  errors: ["not_found"],
});

export const listForms = defineRoute({
  id: "listForms",
  domain: "forms",
  method: "GET",
  path: "/v1/forms",
  summary: "List public forms, oldest first",
  access: { entity: "organization", action: "read" },
  query: FormQuery,
  status: 200,
  response: FormPage,
  errors: ["invalid_cursor"],
});

export const updateForm = defineRoute({
  id: "updateForm",
  domain: "forms",
  method: "PATCH",
  path: "/v1/forms/{id}",
  summary: "Change a public form; it holds within half a minute",
  access: { entity: "organization", action: "update" },
  params,
  body: FormPatch,
  status: 200,
  response: Form,
  etag: true,
  precondition: "if-match",
  errors: ["not_found"],
});

export const rotateFormKey = defineRoute({
  id: "rotateFormKey",
  domain: "forms",
  method: "POST",
  path: "/v1/forms/{id}/key-rotations",
  summary: "Give a public form a new key; the old one ends within half a minute",
  access: { entity: "organization", action: "update" },
  params,
  body: FormKeyRotation,
  status: 200,
  response: Form,
  etag: true,
  precondition: "optional-if-match",
  errors: ["not_found", "conflict"],
});
