import type { IncomingMessage, ServerResponse } from "node:http";
import { isList, isObject } from "../../template/assembly.ts";
import type { Json, LocalResource } from "../../template/deployment.ts";
import { objectProperty } from "../../template/read-property.ts";

/** A rule of a bucket's CORS configuration. */
export interface CorsRule {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly maxAgeSeconds?: number;
}

export function readCors(bucket: LocalResource): CorsRule[] {
  const rules = objectProperty(bucket, "CorsConfiguration").CorsRules;
  const texts = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);
  return (isList(rules) ? rules : []).filter(isObject).map((rule) => ({
    origins: texts(rule.AllowedOrigins),
    methods: texts(rule.AllowedMethods),
    headers: texts(rule.AllowedHeaders).map((header) => header.toLowerCase()),
    exposed: texts(rule.ExposedHeaders),
    ...(typeof rule.MaxAge === "number" ? { maxAgeSeconds: rule.MaxAge } : {}),
  }));
}

/** Sets the CORS headers of an answer; false if no rule allows the origin, method and headers. */
export function applyCors(rules: readonly CorsRule[], request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return false;
  const preflight = request.method === "OPTIONS";
  const method = String((preflight ? request.headers["access-control-request-method"] : request.method) ?? "");
  const wanted = String((preflight ? request.headers["access-control-request-headers"] : undefined) ?? "");
  const headers = wanted
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  const rule = rules.find(
    (candidate) =>
      candidate.origins.some((pattern) => matches(pattern, origin)) &&
      candidate.methods.includes(method) &&
      headers.every((header) => candidate.headers.some((pattern) => matches(pattern, header))),
  );
  if (rule === undefined) return false;
  response.setHeader("access-control-allow-origin", rule.origins.includes("*") ? "*" : origin);
  response.setHeader("access-control-allow-methods", rule.methods.join(", "));
  response.setHeader("vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
  if (headers.length > 0) response.setHeader("access-control-allow-headers", headers.join(", "));
  if (rule.exposed.length > 0) response.setHeader("access-control-expose-headers", rule.exposed.join(", "));
  if (preflight && rule.maxAgeSeconds !== undefined) response.setHeader("access-control-max-age", rule.maxAgeSeconds);
  return true;
}

/** One `*` may stand anywhere in a pattern. */
function matches(pattern: string, text: string): boolean {
  const [before = "", after] = pattern.split("*");
  if (after === undefined) return pattern === text;
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}
