import { commonErrors, type ErrorCode, errorCodes, type Route, routes } from "@shangji/contracts";
import { Account, AccountPage, WrittenAccount } from "@shangji/contracts/accounts/schemas";
import { Board, Funnel, Kpis, Metrics } from "@shangji/contracts/analytics/schemas";
import { AssignmentBacktest, AssignmentBacktestRequest } from "@shangji/contracts/assignment/backtest";
import { LeadResponse } from "@shangji/contracts/assignment/lead-response";
import { ResponsePolicies, ResponsePolicySet } from "@shangji/contracts/assignment/response-policies";
import { AssignmentRuleSet, AssignmentRules, LeadAssignment } from "@shangji/contracts/assignment/schemas";
import { AuditEntry, AuditPage } from "@shangji/contracts/audit/schemas";
import { OrganizationCalendar } from "@shangji/contracts/calendar/schemas";
import { Contact, ContactPage, WrittenContact } from "@shangji/contracts/contacts/schemas";
import { Duplicate, DuplicatePolicy, Duplicates } from "@shangji/contracts/duplicates/schemas";
import { Export, ExportPage, NewExport } from "@shangji/contracts/exports/schemas";
import { Form, FormPage } from "@shangji/contracts/forms/schemas";
import { Import, ImportPage, NewImport } from "@shangji/contracts/imports/schemas";
import { BatchResult, mostBatchRows } from "@shangji/contracts/kit/batch";
import { Condition } from "@shangji/contracts/kit/condition";
import {
  idempotencyKeyHeader,
  idempotencyReplayedHeader,
  takesIdempotencyKey,
} from "@shangji/contracts/kit/idempotency";
import { IdempotencyKey } from "@shangji/contracts/kit/idempotency-key";
import { Lead, LeadPage, LeadTransitionOffers, WrittenLead } from "@shangji/contracts/leads/schemas";
import { Merge, MergePage } from "@shangji/contracts/merges/schemas";
import { Notification, NotificationPage, NotificationPreferences } from "@shangji/contracts/notifications/schemas";
import { NotificationTemplates, OwnNotificationTemplate } from "@shangji/contracts/notifications/templates";
import { Opportunity, OpportunityPage, TransitionOffers } from "@shangji/contracts/opportunities/schemas";
import { Organization } from "@shangji/contracts/organization/schemas";
import { Team, TeamPage, User, UserPage } from "@shangji/contracts/people/schemas";
import { Pipeline, PipelinePage } from "@shangji/contracts/pipelines/schemas";
import { Product, ProductPage } from "@shangji/contracts/products/schemas";
import { AccountRecycling, LeadRecycling } from "@shangji/contracts/recycling/countdown";
import { RecyclingRuleSet, RecyclingRules, RecyclingTrigger } from "@shangji/contracts/recycling/rules";
import { ScoredLead, ScoringProgress, ScoringRuleSet, ScoringRules } from "@shangji/contracts/scoring/schemas";
import { SearchHit, SearchPage } from "@shangji/contracts/search/schemas";
import { ApiKey, ApiKeyPage, ServiceAccount, ServiceAccountPage } from "@shangji/contracts/service-accounts/schemas";
import { Note, TimelineEntry, TimelinePage } from "@shangji/contracts/timeline/schemas";
import { NewView, View, ViewPage, ViewPatch } from "@shangji/contracts/views/schemas";
import * as z from "zod";

type Json = Record<string, unknown>;

/** Schemas that get a name of their own in the document. */
const named = {
  Account,
  AccountPage,
  ApiKey,
  ApiKeyPage,
  AssignmentBacktest,
  AssignmentBacktestRequest,
  AssignmentRuleSet,
  AssignmentRules,
  AuditEntry,
  AuditPage,
  BatchResult,
  Board,
  Condition,
  Contact,
  ContactPage,
  Duplicate,
  DuplicatePolicy,
  Duplicates,
  Export,
  ExportPage,
  Form,
  FormPage,
  Funnel,
  Import,
  ImportPage,
  Kpis,
  Lead,
  LeadAssignment,
  LeadPage,
  LeadResponse,
  LeadTransitionOffers,
  Merge,
  MergePage,
  Metrics,
  NewExport,
  NewImport,
  NewView,
  Note,
  Notification,
  NotificationPage,
  NotificationPreferences,
  NotificationTemplates,
  Opportunity,
  OpportunityPage,
  Organization,
  OrganizationCalendar,
  OwnNotificationTemplate,
  Pipeline,
  PipelinePage,
  Product,
  ProductPage,
  ScoredLead,
  ScoringProgress,
  ScoringRuleSet,
  ScoringRules,
  LeadRecycling,
  AccountRecycling,
  RecyclingRules,
  RecyclingRuleSet,
  RecyclingTrigger,
  ResponsePolicies,
  ResponsePolicySet,
  SearchHit,
  SearchPage,
  ServiceAccount,
  ServiceAccountPage,
  Team,
  TeamPage,
  TimelineEntry,
  TimelinePage,
  TransitionOffers,
  User,
  UserPage,
  View,
  ViewPage,
  ViewPatch,
  WrittenAccount,
  WrittenContact,
  WrittenLead,
} satisfies Record<string, z.ZodType>;

const nameOf = new Map<z.ZodType, string>(Object.entries(named).map(([name, schema]) => [schema, name]));

/** The OpenAPI 3.1 document of the whole API, from the route registry alone. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = paths[route.path] ?? {};
    path[route.method.toLowerCase()] = operationOf(route);
    paths[route.path] = path;
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Shangji (商机) API",
      version: "1.0.0",
      description:
        "A headless CRM for opportunities. Sign in with Amazon Cognito and send the access token as a bearer token; machines send an API key in its place. Changes need If-Match with the ETag that was read. Every POST takes an Idempotency-Key, so that it can be repeated when no answer came.",
    },
    security: [{ bearer: [] }],
    tags: [...new Set(routes.map((route) => route.domain))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "Access token (JWT) or API key (`sk_…`)" },
      },
      schemas: { ...componentSchemas(), Problem: problemSchema },
    },
  };
}

function componentSchemas(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io: "input", uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutDialect(schema)]));
}

function operationOf(route: Route): Json {
  return {
    operationId: route.id,
    tags: [route.domain],
    summary: route.summary,
    parameters: [
      ...parametersOf(route.params, "path"),
      ...parametersOf(route.query, "query"),
      ...preconditionOf(route),
      ...idempotencyKeyOf(route),
    ],
    ...(route.body ? { requestBody: { required: true, content: contentOf(route) } } : {}),
    ...(route.isPublic ? { security: [] } : {}),
    responses: {
      [route.status]: successOf(route),
      ...(route.upserts ? { 201: { ...successOf(route), description: "Added" } } : {}),
      ...redirectOf(route),
      ...(route.isPublic ? { 303: { description: "Done; the page goes on to the address of the form" } } : {}),
      ...problemsOf(route),
    },
  };
}

/** Whoever needs no token may be a page without a script. */
function contentOf(route: Route): Json {
  const media = { schema: bodyOf(route) };
  return { "application/json": media, ...(route.isPublic ? { "application/x-www-form-urlencoded": media } : {}) };
}

/** A batch parses its rows one by one, so its body's schema does not know them. */
function bodyOf({ body, rows }: Route): Json {
  if (!body) return {};
  if (!rows) return schemaOf(body);
  const kinds = Object.entries(rows).map(([kind, schema]) => ({
    type: "object",
    properties: { [kind]: schemaOf(schema) },
    required: [kind],
    additionalProperties: false,
  }));
  return {
    type: "object",
    properties: { rows: { type: "array", minItems: 1, maxItems: mostBatchRows, items: { anyOf: kinds } } },
    required: ["rows"],
    additionalProperties: false,
  };
}

function successOf(route: Route): Json {
  return {
    description: route.rowErrors ? `Done; a row may be refused with ${listOf(route.rowErrors)}` : "Done",
    ...headersOf(route),
    ...(route.response ? { content: { "application/json": { schema: schemaOf(route.response) } } } : {}),
  };
}

function redirectOf(route: Route): Json {
  if (!route.redirects) return {};
  const Location = { description: "Path of the record that this one was merged into", schema: { type: "string" } };
  return { 308: { description: "The record was merged into another one", headers: { Location } } };
}

/** Any row may be refused for what its fields are and for whose it is. */
function listOf(codes: readonly ErrorCode[]): string {
  const common = ["invalid_request", "forbidden", "field_not_allowed", "conflict", "stale_version", "unavailable"];
  return [...codes, ...common].map((code) => `\`${code}\``).join(", ");
}

function headersOf(route: Route): Json {
  const headers: Json = {};
  if (route.etag) headers.ETag = { description: "Version of the record", schema: { type: "string" } };
  if (takesIdempotencyKey(route)) {
    headers[idempotencyReplayedHeader] = {
      description: "Present when this is the first answer to the key once more",
      schema: { const: "true" },
    };
  }
  return Object.keys(headers).length > 0 ? { headers } : {};
}

function problemsOf(route: Route): Json {
  const codes = new Set<ErrorCode>([...route.errors, ...commonErrors]);
  if (route.query || route.body) codes.add("invalid_request");
  if (route.body)
    for (const code of ["malformed_json", "unsupported_media_type", "too_large"] as const) codes.add(code);
  if (takesIdempotencyKey(route)) for (const code of idempotencyErrors) codes.add(code);
  if (route.precondition) for (const code of ["stale_version", "conflict"] as const) codes.add(code);
  if (route.precondition === "if-match") codes.add("precondition_required");
  const byStatus = Map.groupBy(codes, (code) => errorCodes[code].status);
  return Object.fromEntries(
    [...byStatus]
      .sort(([left], [right]) => left - right)
      .map(([status, group]) => [
        status,
        {
          description: group.map((code) => `\`${code}\`: ${errorCodes[code].en}`).join(" "),
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      ]),
  );
}

function parametersOf(schema: z.ZodType | undefined, place: "path" | "query"): Json[] {
  if (!schema) return [];
  // The schema of an object, as JSON Schema has it.
  const { properties = {}, required = [] } = schemaOf(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    ...("description" in property ? { description: property.description } : {}),
    schema: property,
  }));
}

function preconditionOf(route: Route): Json[] {
  if (!route.precondition) return [];
  return [
    {
      name: "If-Match",
      in: "header",
      required: route.precondition === "if-match",
      description: "ETag of the version that was read",
      schema: { type: "string", example: '"3"' },
    },
  ];
}

const idempotencyErrors = [
  "invalid_idempotency_key",
  "idempotency_in_progress",
  "idempotency_key_reused",
] as const satisfies ErrorCode[];

function idempotencyKeyOf(route: Route): Json[] {
  if (!takesIdempotencyKey(route)) return [];
  return [
    {
      name: idempotencyKeyHeader,
      in: "header",
      required: false,
      description:
        "Makes the request safe to repeat: for 24 hours the same request with the same key changes nothing and gets the first answer",
      schema: schemaOf(IdempotencyKey),
    },
  ];
}

function schemaOf(schema: z.ZodType): Json {
  const name = nameOf.get(schema);
  return name
    ? { $ref: `#/components/schemas/${name}` }
    : withoutDialect(z.toJSONSchema(schema, { io: "input", reused: "inline" }));
}

function withoutDialect(schema: object): Json {
  const { $schema: _, $id: __, ...rest } = schema as Json; // JSON Schema objects
  return rest;
}

const problemSchema = {
  type: "object",
  description: "RFC 9457 problem; `code` is from a closed list",
  required: ["type", "title", "status", "code", "requestId"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string", enum: Object.keys(errorCodes) },
    detail: { type: "string" },
    requestId: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["pointer", "message"],
        properties: { pointer: { type: "string" }, message: { type: "string" } },
      },
    },
    failures: { type: "array", items: { type: "object" } },
    alternatives: {
      type: "array",
      items: { type: "string" },
      description: "What can be asked in the place of what was refused",
    },
  },
};
