import type { Route } from "@shangji/contracts";
import { DomainError, notFound } from "@shangji/core/kit/domain-error";
import { parseFields } from "@shangji/core/kit/parse-fields";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

const maximumBodyBytes = 1_000_000;

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
  const params = pathOf(route, event);
  const expectedVersion = versionOf(route, event.headers["if-match"]);
  const query = route.query && parseFields(route.query, event.queryStringParameters ?? {}, "/query");
  assertNoUnknownQuery(route, event);
  const json = route.body && jsonBody(event);
  return {
    params,
    query,
    body: route.body && parseFields(route.body, json, "/body"),
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

function pathOf(route: Route, event: APIGatewayProxyEventV2): unknown {
  const given = event.pathParameters ?? {};
  if (route.params && route.upserts) return parseFields(route.params, given, "/path");
  // An id that cannot exist and one that does not exist get the same answer.
  const params = route.params?.safeParse(given);
  if (params && !params.success) throw notFound();
  return params?.data;
}

function jsonBody(event: APIGatewayProxyEventV2): unknown {
  if (mediaTypeOf(event) !== "application/json")
    throw new DomainError("unsupported_media_type", "Content-Type must be application/json.");
  const text = bodyText(event);
  if (text.length > maximumBodyBytes) throw new DomainError("too_large", "The body is larger than 1 MB.");
  return parsedJson(text);
}

/** What a body is said to be, without its parameters. */
export function mediaTypeOf(event: Pick<APIGatewayProxyEventV2, "headers">): string | undefined {
  return event.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
}

export function bodyText(event: Pick<APIGatewayProxyEventV2, "body" | "isBase64Encoded">): string {
  return event.isBase64Encoded ? Buffer.from(event.body ?? "", "base64").toString() : (event.body ?? "");
}

/** @throws DomainError `malformed_json` */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text, reviveSafely);
  } catch (cause) {
    throw new DomainError("malformed_json", "The body is not valid JSON.", { cause });
  }
}

/**
 * `__proto__` as a key would vanish silently from objects that are copied, so it is refused. Half of a surrogate pair, which JSON
 * can hold and no encoding can, is replaced: stores and mail take no text with it.
 */
function reviveSafely(this: unknown, key: string, value: unknown): unknown {
  if (key === "__proto__") throw new SyntaxError("__proto__ is not a field");
  return typeof value === "string" ? value.toWellFormed() : value;
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
