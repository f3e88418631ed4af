import * as z from "zod";
import { listErrors } from "../kit/list-query.ts";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { Contact, ContactPage, ContactPatch, ContactQuery, NewContact } from "./schemas.ts";

const params = z.strictObject({ id: idOf("contact") });

export const createContact = defineRoute({
  id: "createContact",
  domain: "contacts",
  method: "POST",
  path: "/v1/contacts",
  summary: "Add a contact",
  access: { entity: "contact", action: "create" },
  body: NewContact,
  status: 201,
  response: Contact,
  etag: true,
  errors: ["duplicate_value", "unknown_reference"],
});

export const getContact = defineRoute({
  id: "getContact",
  domain: "contacts",
  method: "GET",
  path: "/v1/contacts/{id}",
  summary: "Read a contact",
  access: { entity: "contact", action: "read" },
  params,
  status: 200,
  response: Contact,
  etag: true,
  errors: ["not_found"],
});

export const listContacts = defineRoute({
  id: "listContacts",
  domain: "contacts",
  method: "GET",
  path: "/v1/contacts",
  summary: "List contacts, latest change first unless sorted otherwise",
  access: { entity: "contact", action: "read" },
  query: ContactQuery,
  status: 200,
  response: ContactPage,
  errors: listErrors,
});

export const updateContact = defineRoute({
  id: "updateContact",
  domain: "contacts",
  method: "PATCH",
  path: "/v1/contacts/{id}",
  summary: "Change a contact",
  access: { entity: "contact", action: "update" },
  params,
  body: ContactPatch,
  status: 200,
  response: Contact,
  etag: true,
  precondition: "if-match",
  errors: ["not_found", "unknown_reference"],
});

export const deleteContact = defineRoute({
  id: "deleteContact",
  domain: "contacts",
  method: "DELETE",
  path: "/v1/contacts/{id}",
  summary: "Delete a contact; its unique values become free",
  access: { entity: "contact", action: "delete" },
  params,
  status: 204,
  precondition: "if-match",
  errors: ["not_found"],
});
