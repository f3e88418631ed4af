import * as z from "zod";
import { defineBatch } from "../kit/batch.ts";
import { ExternalId, idOf } from "../kit/primitives.ts";
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
  summary: "List contacts, latest change first",
  access: { entity: "contact", action: "read" },
  query: ContactQuery,
  status: 200,
  response: ContactPage,
  errors: ["invalid_cursor"],
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

export const putContact = defineRoute({
  id: "putContact",
  domain: "contacts",
  method: "PUT",
  path: "/v1/contacts/by-external-id/{source}/{id}",
  summary: "Give a contact of another system these fields; it is added if it is not there",
  access: { entity: "contact", action: "create" },
  orAccess: { entity: "contact", action: "update" },
  params: ExternalId,
  body: ContactPatch,
  status: 200,
  response: Contact,
  etag: true,
  precondition: "optional-if-match",
  upserts: true,
  errors: ["duplicate_value", "unknown_reference"],
});

export const batchContacts = defineBatch({
  id: "batchContacts",
  domain: "contacts",
  entity: "contact",
  path: "/v1/contacts/batch",
  summary: "Add, change or put up to a hundred contacts, each with a result of its own",
  rows: { create: NewContact, fields: ContactPatch, upsertFields: ContactPatch },
  rowErrors: ["not_found", "duplicate_value", "unknown_reference"],
});
