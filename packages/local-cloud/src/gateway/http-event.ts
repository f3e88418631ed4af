import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { ApiDefinition } from "./api-definition.ts";
import type { RouteMatch } from "./route-table.ts";

/** The parts of a payload 2.0 event that route, authoriser and function all see. */
export interface HttpEvent {
  readonly version: "2.0";
  readonly routeKey: string;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly requestContext: Readonly<Record<string, unknown>> & { readonly requestId: string };
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

export interface EventFacts {
  readonly api: ApiDefinition;
  readonly match: RouteMatch;
  readonly path: string;
  readonly rawQueryString: string;
  readonly body: Buffer | undefined;
  /** Local time, milliseconds since the epoch. */
  readonly now: number;
}

/** Builds the event that API Gateway gives a function for an HTTP request in payload format 2.0. */
export function httpEvent(request: IncomingMessage, facts: EventFacts): HttpEvent {
  const { api, match, path, rawQueryString, body } = facts;
  const { headers, cookies } = readHeaders(request);
  const host = headers.host ?? "localhost";
  const sourceIp = (request.socket.remoteAddress ?? "127.0.0.1").replace(/^::ffff:/, "");
  headers["x-forwarded-for"] ??= sourceIp;
  headers["x-forwarded-proto"] ??= "http";
  headers["x-forwarded-port"] ??= String(request.socket.localPort ?? "");
  const binary = body !== undefined && !isText(headers["content-type"]);
  return {
    version: "2.0",
    routeKey: match.route.routeKey,
    rawPath: path,
    rawQueryString,
    ...(cookies === undefined ? {} : { cookies }),
    headers,
    ...(rawQueryString === "" ? {} : { queryStringParameters: readQuery(rawQueryString) }),
    requestContext: {
      accountId: api.accountId,
      apiId: api.apiId,
      domainName: host.replace(/:\d+$/, ""),
      domainPrefix: api.apiId,
      http: {
        method: request.method ?? "GET",
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey: match.route.routeKey,
      stage: api.stage,
      time: logTime(facts.now),
      timeEpoch: facts.now,
    },
    ...(match.parameters === undefined ? {} : { pathParameters: match.parameters }),
    ...(body === undefined ? {} : { body: body.toString(binary ? "base64" : "utf8") }),
    isBase64Encoded: binary,
  };
}

function readHeaders(request: IncomingMessage): { headers: Record<string, string>; cookies?: string[] } {
  const headers: Record<string, string> = {};
  let cookies: string[] | undefined;
  const raw = request.rawHeaders;
  for (let at = 0; at < raw.length; at += 2) {
    const name = (raw[at] ?? "").toLowerCase();
    const value = raw[at + 1] ?? "";
    if (name === "cookie") cookies = [...(cookies ?? []), ...value.split(/;\s*/)];
    else headers[name] = Object.hasOwn(headers, name) ? `${headers[name]},${value}` : value;
  }
  return cookies === undefined ? { headers } : { headers, cookies };
}

function readQuery(rawQueryString: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    query[name] = Object.hasOwn(query, name) ? `${query[name]},${value}` : value;
  }
  return query;
}

/** API Gateway passes the usual text types as they are and everything else in base64. */
function isText(contentType: string | undefined): boolean {
  if (contentType === undefined) return true;
  const [type = ""] = contentType.split(";");
  return /^(text\/.*|application\/(json|xml|javascript|.*\+json|.*\+xml))$/i.test(type.trim());
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
let lastSecond = -1;
let lastText = "";

/** `12/Mar/2026:19:03:58 +0000`; the same text serves every request of a second. */
function logTime(now: number): string {
  const second = Math.floor(now / 1000);
  if (second === lastSecond) return lastText;
  const date = new Date(now);
  const day = String(date.getUTCDate()).padStart(2, "0");
  lastSecond = second;
  lastText = `${day}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}:${date.toISOString().slice(11, 19)} +0000`;
  return lastText;
}
