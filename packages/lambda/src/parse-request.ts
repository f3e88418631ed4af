import type { Route } from "@shangji/contracts";
import { DomainError, type FieldError, notFound } from "@shangji/core/kit/domain-error";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { z } from "zod";

const maximumBodyBytes = 1_000_000;
/** An answer names so many faults, and so much of a name that a caller has made up: it does not grow with the request. */
const mostErrors = 50;
const mostKeyLength = 200;

/** Parsed input of an operation: nothing unparsed reaches a handler. */
export interface ParsedRequest {
  params: unknown;
  query: unknown;
  body: unknown;
  expectedVersion: number | undefined;
  /** Names of the fields that the body sets, without those that have a default. */
  sent: readonly string[];
}

/** @throws DomainError `malformed_json`, `unsupported_media_type`, `too_large`, `invalid_request`, `not_found`, `precondition_required`, `stale_version` */
export function parseRequest(route: Route, event: APIGatewayProxyEventV2): ParsedRequest {
  // An id that cannot exist and one that does not exist get the same answer.
  const params = route.params?.safeParse(event.pathParameters ?? {});
  if (params && !params.success) throw notFound();
  const expectedVersion = versionOf(route, event.headers["if-match"]);
  const query = checked(route.query, event.queryStringParameters ?? {}, "query");
  assertNoUnknownQuery(route, event);
  const json = route.body && jsonBody(event);
  return {
    params: params?.data,
    query,
    body: route.body && checked(route.body, json, "body"),
    expectedVersion,
    sent: route.body ? sentIn(json) : [],
  };
}

/** Fields may lie in the body itself or, beside what is done with the record, under `fields`. */
function sentIn(json: unknown): string[] {
  const { fields, ...own } = json as { fields?: object }; // an object: the schema of every body is one
  return [...Object.keys(own), ...Object.keys(fields ?? {})];
}

function assertNoUnknownQuery(route: Route, event: APIGatewayProxyEventV2): void {
  const [unknown] = route.query ? [] : Object.keys(event.queryStringParameters ?? {});
  if (unknown === undefined) return;
  throw new DomainError("invalid_request", "The request has unknown query parameters.", {
    errors: [{ pointer: `/query/${unknown}`, message: "is not a known parameter" }],
  });
}

function checked(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.slice(0, mostErrors).flatMap((issue) => fieldErrors(issue, part));
  throw new DomainError("invalid_request", "Some values are not valid.", { errors: errors.slice(0, mostErrors) });
}

function fieldErrors(issue: z.core.$ZodIssue, part: string): FieldError[] {
  const path = issue.path.map((step) => String(step).replaceAll("~", "~0").replaceAll("/", "~1"));
  const pointer = `/${[part, ...path].join("/")}`;
  if (issue.code === "unrecognized_keys") {
    return issue.keys
      .slice(0, mostErrors)
      .map((key) => ({ pointer: `${pointer}/${key.slice(0, mostKeyLength)}`, message: "is not a known field" }));
  }
  return [{ pointer, message: issue.message }];
}

function jsonBody(event: APIGatewayProxyEventV2): unknown {
  const type = event.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json")
    throw new DomainError("unsupported_media_type", "Content-Type must be application/json.");
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? "", "base64").toString() : (event.body ?? "");
  if (text.length > maximumBodyBytes) throw new DomainError("too_large", "The body is larger than 1 MB.");
  try {
    return JSON.parse(text, dropPrototype);
  } catch (cause) {
    throw new DomainError("malformed_json", "The body is not valid JSON.", { cause });
  }
}

/** `__proto__` as a key would vanish silently from objects that are copied; it is renamed so that strict schemas refuse it. */
function dropPrototype(this: unknown, key: string, value: unknown): unknown {
  if (key !== "__proto__") return value;
  throw new SyntaxError("__proto__ is not a field");
}

function versionOf(route: Route, header: string | undefined): number | undefined {
  if (!route.precondition) return undefined;
  if (header === undefined) {
    if (route.precondition === "optional-if-match") return undefined;
    throw new DomainError("precondition_required", "Send If-Match with the ETag that you have read.");
  }
  const match = /^"(\d{1,15})"$/.exec(header.trim());
  // A weak or foreign tag can never match the strong one we give out.
  if (!match) throw new DomainError("stale_version", 'If-Match must be the ETag of the record, e.g. "3".');
  return Number(match[1]);
}
