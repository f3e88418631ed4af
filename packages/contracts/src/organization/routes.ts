import { DuplicatePolicy, DuplicateRules } from "../duplicates/schemas.ts";
import { defineRoute } from "../kit/route.ts";
import { Organization, RatesUpdate } from "./schemas.ts";

export const getOrganization = defineRoute({
  id: "getOrganization",
  domain: "organization",
  method: "GET",
  path: "/v1/organization",
  summary: "The organisation's currency, rates, zone and language",
  access: { entity: "organization", action: "read" },
  status: 200,
  response: Organization,
  etag: true,
  errors: [],
});

export const updateRates = defineRoute({
  id: "updateRates",
  domain: "organization",
  method: "PUT",
  path: "/v1/organization/rates",
  summary: "Set the currency rates; amounts written later use them",
  access: { entity: "organization", action: "update" },
  body: RatesUpdate,
  status: 200,
  response: Organization,
  etag: true,
  precondition: "if-match",
  errors: [],
});

export const getDuplicatePolicy = defineRoute({
  id: "getDuplicatePolicy",
  domain: "organization",
  method: "GET",
  path: "/v1/organization/duplicate-policy",
  summary: "What is done with records that look like existing ones",
  access: { entity: "organization", action: "read" },
  status: 200,
  response: DuplicatePolicy,
  etag: true,
  errors: [],
});

export const putDuplicatePolicy = defineRoute({
  id: "putDuplicatePolicy",
  domain: "organization",
  method: "PUT",
  path: "/v1/organization/duplicate-policy",
  summary: "Decide what is done with records that look like existing ones; it holds within half a minute",
  access: { entity: "organization", action: "update" },
  body: DuplicateRules,
  status: 200,
  response: DuplicatePolicy,
  etag: true,
  precondition: "if-match",
  errors: [],
});
