import type { z } from "zod";
import type { Entity } from "./entities.ts";
import type { ErrorCode } from "./error-codes.ts";

/** The parts of the API; each is one HTTP Lambda and one folder in every layer. */
export type Domain =
  | "access"
  | "people"
  | "accounts"
  | "contacts"
  | "products"
  | "pipelines"
  | "opportunities"
  | "leads"
  | "forms"
  | "public-forms"
  | "pools"
  | "views"
  | "timeline"
  | "imports"
  | "exports"
  | "analytics"
  | "organization"
  | "scoring"
  | "service-accounts"
  | "audit"
  | "merges"
  | "protection"
  | "notifications"
  | "search";

export type Action = "read" | "create" | "update" | "delete";

/**
 * What a caller must be allowed to do; the organisation's policy decides by role, and by record where it has an owner.
 * `search` has no rule of its own: it is open to whoever may read something that it finds.
 */
export interface Access {
  /** `self` is what every caller may know of itself. */
  entity:
    | Exclude<Entity, "merge" | "deactivation" | "form" | "notification" | "pool">
    | "organization"
    | "analytics"
    | "policy"
    | "audit"
    | "search"
    | "self";
  action: Action;
}

/** What a row of a batch may ask for; it names exactly one of them. */
export type RowKind = "create" | "update" | "upsert";

/**
 * One operation of the API, declared once: the gateway, the handler table, OpenAPI, the client and the role tests all read it.
 * `precondition: "if-match"` makes If-Match required; `etag` says that the answer carries the version as ETag.
 * `upserts` says that what is not there is added, with 201: then the path is input like the body.
 */
export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  id: string;
  domain: Domain;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: `/v1/${string}`;
  summary: string;
  access: Access;
  /** Lets in who may do this instead; the operation then judges what is asked for. @default nobody else */
  orAccess?: Access;
  /** Whether it needs no caller at all: then `access` says nothing, and the body may be url-encoded. @default false */
  isPublic?: boolean;
  /** Whether it answers a question that is too long for a query, and changes nothing. @default false */
  asks?: boolean;
  params?: P;
  query?: Q;
  body?: B;
  status: 200 | 201 | 202 | 204;
  response?: R;
  etag?: boolean;
  /** Whether the id of a merged record leads on to the one that it was merged into. */
  redirects?: boolean;
  precondition?: "if-match" | "optional-if-match";
  upserts?: boolean;
  /** Of a batch: the schemas of its rows, which are parsed one by one. */
  rows?: Readonly<Record<RowKind, z.ZodType>>;
  /** What a row may be refused for, in a call that gives each of several a result of its own. */
  rowErrors?: readonly ErrorCode[];
  /** How many requests of its caller's budget a call counts as. @default 1 */
  weight?: number;
  errors: readonly ErrorCode[];
}

/** Declares a route; the type of each schema is kept. */
export function defineRoute<
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodUndefined,
>(route: Route<P, Q, B, R>): Route<P, Q, B, R> {
  return route;
}

/** What a handler receives of a route. */
export interface RouteInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
}
