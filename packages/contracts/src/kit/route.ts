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
  | "views"
  | "timeline"
  | "imports"
  | "analytics"
  | "organization"
  | "service-accounts"
  | "audit";

export type Action = "read" | "create" | "update" | "delete";

/** What a caller must be allowed to do; the organisation's policy decides by role, and by record where it has an owner. */
export interface Access {
  entity: Entity | "organization" | "analytics" | "policy" | "audit";
  action: Action;
}

/**
 * One operation of the API, declared once: the gateway, the handler table, OpenAPI, the client and the role tests all read it.
 * `precondition: "if-match"` makes If-Match required; `etag` says that the answer carries the version as ETag.
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
  params?: P;
  query?: Q;
  body?: B;
  status: 200 | 201 | 202 | 204;
  response?: R;
  etag?: boolean;
  precondition?: "if-match" | "optional-if-match";
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
