import * as z from "zod";
import { ContactLike, Duplicates } from "../duplicates/schemas.ts";
import { defineBatch } from "../kit/batch.ts";
import { DeletedQuery, Restoration } from "../kit/deleted.ts";
import { listErrors } from "../kit/list-query.ts";
import { ExternalId, idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { Contact, ContactPage, ContactPatch, ContactQuery, NewContact, WrittenContact } from "./schemas.ts";

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
  response: WrittenContact,
  etag: true,
  errors: ["duplicate_value", "duplicate", "unknown_reference", "inactive_reference"],
});

export const getContact = defineRoute({
  id: "getContact",
  domain: "contacts",
  method: "GET",
  path: "/v1/contacts/{id}",
  summary: "Read a contact; the id of a merged one leads on to the one that it was merged into",
  access: { entity: "contact", action: "read" },
  params,
  status: 200,
  response: Contact,
  etag: true,
  redirects: true,
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
  response: WrittenContact,
  etag: true,
  precondition: "if-match",
  errors: ["not_found", "unknown_reference", "inactive_reference", "duplicate_value", "duplicate"],
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

export const listDeletedContacts = defineRoute({
  id: "listDeletedContacts",
  domain: "contacts",
  method: "GET",
  path: "/v1/contacts/deleted",
  summary: "List contacts that were deleted in the last thirty days and can be restored, latest deletion first",
  access: { entity: "contact", action: "delete" },
  query: DeletedQuery,
  status: 200,
  response: ContactPage,
  errors: ["invalid_cursor"],
});

export const restoreContact = defineRoute({
  id: "restoreContact",
  domain: "contacts",
  method: "POST",
  path: "/v1/contacts/{id}/restoration",
  summary:
    "Bring back a contact that was deleted in the last thirty days, with its unique values if they are still free",
  access: { entity: "contact", action: "delete" },
  params,
  body: Restoration,
  status: 200,
  response: Contact,
  etag: true,
  precondition: "optional-if-match",
  errors: ["not_found", "conflict", "duplicate_value", "duplicate"],
});

export const findContactDuplicates = defineRoute({
  id: "findContactDuplicates",
  domain: "contacts",
  method: "GET",
  path: "/v1/contacts/duplicates",
  summary: "Contacts that look like one that is about to be added",
  access: { entity: "contact", action: "read" },
  query: ContactLike,
  status: 200,
  response: Duplicates,
  errors: [],
});

export const getContactDuplicates = defineRoute({
  id: "getContactDuplicates",
  domain: "contacts",
  method: "GET",
  path: "/v1/contacts/{id}/duplicates",
  summary: "Other contacts that look like this one",
  access: { entity: "contact", action: "read" },
  params,
  status: 200,
  response: Duplicates,
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
  errors: ["duplicate_value", "unknown_reference", "inactive_reference"],
});

export const batchContacts = defineBatch({
  id: "batchContacts",
  domain: "contacts",
  entity: "contact",
  path: "/v1/contacts/batch",
  summary: "Add, change or put up to a hundred contacts, each with a result of its own",
  rows: { create: NewContact, fields: ContactPatch, upsertFields: ContactPatch },
  rowErrors: ["not_found", "duplicate_value", "unknown_reference", "inactive_reference"],
});
