import * as z from "zod";
import { idOf } from "../kit/primitives.ts";
import { defineRoute } from "../kit/route.ts";
import { AccountMerge, ContactMerge, Merge, MergePage, MergeQuery, Reversal } from "./schemas.ts";

const account = z.strictObject({ id: idOf("account") });
const contact = z.strictObject({ id: idOf("contact") });
const accountMerge = account.extend({ mergeId: idOf("merge") });
const contactMerge = contact.extend({ mergeId: idOf("merge") });

export const mergeAccounts = defineRoute({
  id: "mergeAccounts",
  domain: "merges",
  method: "POST",
  path: "/v1/accounts/{id}/merges",
  summary:
    "Merge another account into this one; needs the right to change this one and to delete the other. It can be undone for thirty days",
  access: { entity: "account", action: "delete" },
  params: account,
  body: AccountMerge,
  status: 201,
  response: Merge,
  etag: true,
  precondition: "optional-if-match",
  errors: [
    "not_found",
    "unknown_reference",
    "conflict",
    "pooled",
    "duplicate_value",
    "duplicate",
    "merge_unsettled",
    "too_many_merged",
  ],
});

export const listAccountMerges = defineRoute({
  id: "listAccountMerges",
  domain: "merges",
  method: "GET",
  path: "/v1/accounts/{id}/merges",
  summary: "What was merged into an account, latest change first",
  access: { entity: "account", action: "read" },
  params: account,
  query: MergeQuery,
  status: 200,
  response: MergePage,
  errors: ["not_found", "invalid_cursor"],
});

export const getAccountMerge = defineRoute({
  id: "getAccountMerge",
  domain: "merges",
  method: "GET",
  path: "/v1/accounts/{id}/merges/{mergeId}",
  summary: "How far a merge has come",
  access: { entity: "account", action: "read" },
  params: accountMerge,
  status: 200,
  response: Merge,
  etag: true,
  errors: ["not_found"],
});

export const undoAccountMerge = defineRoute({
  id: "undoAccountMerge",
  domain: "merges",
  method: "POST",
  path: "/v1/accounts/{id}/merges/{mergeId}/reversal",
  summary: "Undo a merge: both records are as before, and what was moved goes back",
  access: { entity: "account", action: "delete" },
  params: accountMerge,
  body: Reversal,
  status: 200,
  response: Merge,
  etag: true,
  precondition: "optional-if-match",
  errors: [
    "not_found",
    "conflict",
    "pooled",
    "duplicate_value",
    "duplicate",
    "merge_unsettled",
    "merge_not_undoable",
    "edited_since_merge",
  ],
});

export const mergeContacts = defineRoute({
  id: "mergeContacts",
  domain: "merges",
  method: "POST",
  path: "/v1/contacts/{id}/merges",
  summary:
    "Merge another contact into this one; needs the right to change this one and to delete the other. It can be undone for thirty days",
  access: { entity: "contact", action: "delete" },
  params: contact,
  body: ContactMerge,
  status: 201,
  response: Merge,
  etag: true,
  precondition: "optional-if-match",
  errors: [
    "not_found",
    "unknown_reference",
    "conflict",
    "duplicate_value",
    "duplicate",
    "merge_unsettled",
    "too_many_merged",
  ],
});

export const listContactMerges = defineRoute({
  id: "listContactMerges",
  domain: "merges",
  method: "GET",
  path: "/v1/contacts/{id}/merges",
  summary: "What was merged into a contact, latest change first",
  access: { entity: "contact", action: "read" },
  params: contact,
  query: MergeQuery,
  status: 200,
  response: MergePage,
  errors: ["not_found", "invalid_cursor"],
});

export const getContactMerge = defineRoute({
  id: "getContactMerge",
  domain: "merges",
  method: "GET",
  path: "/v1/contacts/{id}/merges/{mergeId}",
  summary: "How far a merge has come",
  access: { entity: "contact", action: "read" },
  params: contactMerge,
  status: 200,
  response: Merge,
  etag: true,
  errors: ["not_found"],
});

export const undoContactMerge = defineRoute({
  id: "undoContactMerge",
  domain: "merges",
  method: "POST",
  path: "/v1/contacts/{id}/merges/{mergeId}/reversal",
  summary: "Undo a merge: both records are as before, and what was moved goes back",
  access: { entity: "contact", action: "delete" },
  params: contactMerge,
  body: Reversal,
  status: 200,
  response: Merge,
  etag: true,
  precondition: "optional-if-match",
  errors: [
    "not_found",
    "conflict",
    "duplicate_value",
    "duplicate",
    "merge_unsettled",
    "merge_not_undoable",
    "edited_since_merge",
  ],
});
