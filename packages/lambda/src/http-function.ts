import middy from "@middy/core";
import { idempotencyReplayedHeader } from "@shangji/contracts/kit/idempotency";
import { retryAfterHeader } from "@shangji/contracts/kit/rate-limit";
import {
  assertMayPut,
  assertMaySelect,
  assertMayWrite,
  hasFieldRules,
  withoutHidden,
} from "@shangji/core/access/field-rules";
import type { Viewer } from "@shangji/core/access/viewer";
import { type ViewerDeps, viewerOf } from "@shangji/core/access/viewer-of";
import type { Actor } from "@shangji/core/kit/actor";
import type { CallContext } from "@shangji/core/kit/context";
import { DomainError } from "@shangji/core/kit/domain-error";
import type { TakenClaims } from "@shangji/core/kit/idempotency";
import { idSource } from "@shangji/core/kit/ids";
import type { ListPosition } from "@shangji/core/kit/record";
import type { Budgets, Standing } from "@shangji/core/limits/ports";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { actorOf, assertMay } from "./actor.ts";
import { budgetHeaders, charge } from "./budget.ts";
import { type CursorSecret, cursorsFor } from "./cursor.ts";
import { claimOf } from "./idempotency.ts";
import { describeError, log } from "./log.ts";
import type { Operation } from "./operation.ts";
import { parseRequest } from "./parse-request.ts";
import { type Language, languageOf, problemOf } from "./problem.ts";
import { Redirect } from "./redirect.ts";
import { securityHeaders } from "./security-headers.ts";
import { randomBytes, systemClock } from "./settings.ts";

export { operation, putOperation } from "./operation.ts";

export interface HttpFunctionOptions {
  operations: readonly Operation[];
  cursorSecret: CursorSecret;
  /** Where the rules of who may do what come from. */
  viewers: ViewerDeps;
  claims: TakenClaims;
  budgets: Budgets;
  defaultLanguage: Language;
}

type Event = APIGatewayProxyEventV2;
type Result = APIGatewayProxyStructuredResultV2;

/** The handler of one HTTP Lambda: finds the operation by route key, then parses, checks, runs, validates and answers. */
export function httpFunction(options: HttpFunctionOptions) {
  const byKey = new Map(options.operations.map((bound) => [`${bound.route.method} ${bound.route.path}`, bound]));
  return middy<Event, Result>().handler(async (event: Event): Promise<Result> => {
    const started = performance.now();
    const requestId = event.requestContext.requestId;
    const language = languageOf(event.headers["accept-language"], options.defaultLanguage);
    let actor: Actor | undefined;
    let standing: Standing | undefined;
    let result: Result;
    let code: string | undefined;
    try {
      const bound = byKey.get(event.routeKey);
      if (!bound) throw new Error(`no operation is bound to ${event.routeKey}`);
      actor = actorOf(event);
      const [viewer, charged] = await Promise.all([
        viewerOf(actor, options.viewers),
        charge(actor, bound.route, { budgets: options.budgets, requestId }),
      ]);
      standing = charged;
      if (standing?.isGranted === false) throw new DomainError("too_many_requests", "");
      result = await answer(bound, event, { viewer, requestId, language, options });
    } catch (error) {
      const problem = problemOf(error, requestId, language);
      code = String(problem.body.code);
      if (problem.status >= 500)
        log("error", { message: "request failed", requestId, route: event.routeKey, ...describeError(error) });
      result = {
        statusCode: problem.status,
        headers: {
          ...securityHeaders,
          "content-type": "application/problem+json; charset=utf-8",
          "content-language": language,
          ...retryHeaders(problem.body.code, standing),
        },
        body: JSON.stringify(problem.body),
      };
    }
    if (standing) result.headers = { ...result.headers, ...budgetHeaders(standing) };
    log("info", {
      message: "request",
      requestId,
      route: event.routeKey,
      status: result.statusCode ?? 200,
      milliseconds: Math.round((performance.now() - started) * 100) / 100,
      ...(actor ? { actorId: actor.userId } : {}),
      ...(actor?.keyId ? { keyId: actor.keyId } : {}),
      ...(code ? { code } : {}),
    });
    return result;
  });
}

/** A moment is enough for a call that meets another one, or a busy store; a budget is whole again when its minute is over. */
function retryHeaders(code: unknown, standing: Standing | undefined): Record<string, string> {
  const seconds = { unavailable: 1, idempotency_in_progress: 1, too_many_requests: standing?.resetSeconds ?? 1 };
  const wait = seconds[code as keyof typeof seconds]; // undefined for every other code
  return wait === undefined ? {} : { [retryAfterHeader.toLowerCase()]: String(wait) };
}

const replayedHeader = idempotencyReplayedHeader.toLowerCase();

async function answer(
  { route, run }: Operation,
  event: Event,
  {
    viewer,
    requestId,
    language,
    options,
  }: { viewer: Viewer; requestId: string; language: Language; options: HttpFunctionOptions },
): Promise<Result> {
  const { actor } = viewer;
  assertMay(viewer, route);
  const { params, query, body, expectedVersion, sent } = parseRequest(route, event);
  const claim = claimOf(route, event, { actor, at: systemClock.now() });
  const context: CallContext = {
    actor,
    clock: systemClock,
    ids: idSource(systemClock, randomBytes),
    requestId,
    source: "api",
    claim,
  };
  const { cursor, ...rest } = (query ?? {}) as { cursor?: string }; // of a parsed query; pages carry a cursor
  if (hasFieldRules(viewer)) {
    assertMayWrite(viewer, route.access.entity, sent);
    if (route.upserts) assertMayPut(viewer, route.access.entity, "/path/id");
    assertMaySelect(viewer, route.access.entity, rest);
  }
  const cursors = cursorsFor(options.cursorSecret, { route: route.id, query: rest, userId: actor.userId });
  const after = cursor === undefined ? undefined : await cursors.decode(cursor);
  const call = { params, query, body, expectedVersion, after, context, viewer, language };
  const { output, isRepeat, status = route.status } = await run(call, options.claims);
  const headers = { ...securityHeaders, ...(isRepeat ? { [replayedHeader]: "true" } : {}) };
  // Never cached, as no answer is: a merge can be undone.
  if (output instanceof Redirect) return { statusCode: 308, headers: { ...headers, location: output.location } };
  if (!route.response) return { statusCode: status, headers };
  const shown = await withCursor(output, cursors.encode);
  const parsed = route.response.parse(shown);
  return {
    statusCode: status,
    headers: {
      ...headers,
      "content-type": "application/json; charset=utf-8",
      ...(route.etag ? { etag: `"${(parsed as { version: number }).version}"` } : {}), // routes with an etag answer with a record
    },
    body: JSON.stringify(withFields(withoutHidden(parsed, viewer), output)),
  };
}

/** A page of which an output says what its items show. */
function withFields(answer: unknown, output: unknown): unknown {
  const { fields } = (output ?? {}) as { fields?: readonly string[] }; // only pages have them beside their items
  const { items } = answer as { items?: Record<string, unknown>[] }; // of a page; other answers have none
  if (!fields || !items) return answer;
  const isShown = new Set(["id", ...fields]);
  const shown = (item: object) => Object.fromEntries(Object.entries(item).filter(([name]) => isShown.has(name)));
  return { ...(answer as object), items: items.map(shown) }; // a page is an object
}

/** Replaces the position of the next page by its cursor. */
async function withCursor(output: unknown, encode: (position: ListPosition) => Promise<string>): Promise<unknown> {
  if (typeof output !== "object" || output === null || !("next" in output)) return output;
  const { next } = output;
  return typeof next === "object" && next !== null ? { ...output, next: await encode(next as ListPosition) } : output; // positions are objects
}
