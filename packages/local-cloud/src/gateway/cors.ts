import type { IncomingMessage } from "node:http";
import type { CorsRules } from "./api-definition.ts";
import type { HttpAnswer } from "./http-answer.ts";

/** Whether the gateway answers a request by itself: with CORS rules, every preflight. */
export function isPreflight(request: IncomingMessage): boolean {
  const { origin, "access-control-request-method": method } = request.headers;
  return request.method === "OPTIONS" && origin !== undefined && method !== undefined;
}

/** Headers of a preflight's answer; none if the origin is not allowed, at which the browser gives up. */
export function preflightHeaders(rules: CorsRules, request: IncomingMessage): Record<string, string> {
  const headers = corsHeaders(rules, request);
  if (headers["access-control-allow-origin"] === undefined) return {};
  delete headers["access-control-expose-headers"];
  if (rules.methods.length > 0) headers["access-control-allow-methods"] = rules.methods.join(",");
  if (rules.headers.length > 0) headers["access-control-allow-headers"] = rules.headers.join(",").toLowerCase();
  if (rules.maxAgeSeconds !== undefined) headers["access-control-max-age"] = String(rules.maxAgeSeconds);
  return headers;
}

/** Headers that the gateway adds to every answer to a request from an allowed origin. */
export function corsHeaders(rules: CorsRules, request: IncomingMessage): Record<string, string> {
  const { origin } = request.headers;
  if (origin === undefined || !rules.origins.some((allowed) => covers(allowed, origin))) return {};
  const headers: Record<string, string> = {
    "access-control-allow-origin": rules.origins.includes("*") ? "*" : origin,
  };
  if (rules.credentials) headers["access-control-allow-credentials"] = "true";
  if (rules.exposedHeaders.length > 0) headers["access-control-expose-headers"] = rules.exposedHeaders.join(",");
  return headers;
}

/** An answer of a function without what it says of CORS itself. */
export function withoutCors(answer: HttpAnswer): HttpAnswer {
  const headers = Object.entries(answer.headers).filter(([name]) => !name.startsWith("access-control-"));
  return { ...answer, headers: Object.fromEntries(headers) };
}

/** `*`, `https://*` or one origin. */
function covers(allowed: string, origin: string): boolean {
  return (
    allowed === "*" ||
    allowed.toLowerCase() === origin.toLowerCase() ||
    (/^https?:\/\/\*$/.test(allowed) && origin.startsWith(allowed.slice(0, -1)))
  );
}
