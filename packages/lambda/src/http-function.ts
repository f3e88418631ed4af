import middy from "@middy/core";
import type { Route } from "@shangji/contracts";
import { idempotencyReplayedHeader } from "@shangji/contracts/kit/idempotency";
import { assertMaySelect, assertMayWrite, hasFieldRules, withoutHidden } from "@shangji/core/access/field-rules";
import type { Viewer } from "@shangji/core/access/viewer";
import { type ViewerDeps, viewerOf } from "@shangji/core/access/viewer-of";
import type { Actor } from "@shangji/core/kit/actor";
import type { CallContext } from "@shangji/core/kit/context";
import type { FirstWrite, TakenClaims } from "@shangji/core/kit/idempotency";
import { idSource } from "@shangji/core/kit/ids";
import type { ListPosition } from "@shangji/core/kit/record";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { z } from "zod";
import { actorOf, assertMay } from "./actor.ts";
import { type CursorSecret, cursorsFor } from "./cursor.ts";
import { answerOnce, claimOf } from "./idempotency.ts";
import { describeError, log } from "./log.ts";
import { parseRequest } from "./parse-request.ts";
import { type Language, languageOf, problemOf } from "./problem.ts";
import { randomBytes, systemClock } from "./settings.ts";

/** What an operation receives: everything parsed, the caller known and allowed. */
export interface Call<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  /** Version named by If-Match. */
  expectedVersion: number | undefined;
  /** Position that the request's cursor stands for. */
  after: ListPosition | undefined;
  context: CallContext;
  viewer: Viewer;
  language: Language;
}

/** An operation bound to its code. Built by {@link operation}. */
export interface Operation {
  route: Route;
  run(call: Call<unknown, unknown, unknown>): Promise<unknown>;
  /** The answer to a repeated call, from the record that the first one has written. */
  repeat(record: FirstWrite["record"]): Promise<unknown>;
}

/**
 * Binds a route to its code; the types of input and output are those of the route's schemas. A repeated POST answers with the
 * record that the first one has written, unless `repeat` makes the answer of it.
 */
export function operation<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: Route<P, Q, B, R>,
  run: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.input<R> | Answer<z.input<R>>>,
  repeat?: (record: FirstWrite["record"]) => Promise<z.input<R>>,
): Operation {
  return {
    route,
    // parseRequest has parsed the input with this route's own schemas.
    run: (call) => run(call as Call<z.output<P>, z.output<Q>, z.output<B>>),
    repeat: repeat ?? (async (record) => record),
  };
}

/**
 * A page whose `next` is still a position; the kit turns it into a cursor, and shows of its items the `fields` and the ids only.
 * What a route without a response answers is ignored.
 */
type Answer<R> = undefined extends R
  ? unknown
  : R extends { items: infer I; next?: unknown }
    ? { items: I; next?: ListPosition | undefined; fields?: readonly string[] | undefined }
    : R;

export interface HttpFunctionOptions {
  operations: readonly Operation[];
  cursorSecret: CursorSecret;
  /** Where the rules of who may do what come from. */
  viewers: ViewerDeps;
  claims: TakenClaims;
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
    let result: Result;
    let code: string | undefined;
    try {
      const bound = byKey.get(event.routeKey);
      if (!bound) throw new Error(`no operation is bound to ${event.routeKey}`);
      actor = actorOf(event);
      result = await answer(bound, event, { actor, requestId, language, options });
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
        },
        body: JSON.stringify(problem.body),
      };
    }
    log("info", {
      message: "request",
      requestId,
      route: event.routeKey,
      status: result.statusCode ?? 200,
      milliseconds: Math.round((performance.now() - started) * 100) / 100,
      ...(actor ? { actorId: actor.userId } : {}),
      ...(code ? { code } : {}),
    });
    return result;
  });
}

const securityHeaders = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "strict-transport-security": "max-age=63072000",
  "content-security-policy": "default-src 'none'",
};

const replayedHeader = idempotencyReplayedHeader.toLowerCase();

async function answer(
  { route, run, repeat }: Operation,
  event: Event,
  {
    actor,
    requestId,
    language,
    options,
  }: { actor: Actor; requestId: string; language: Language; options: HttpFunctionOptions },
): Promise<Result> {
  const viewer = await viewerOf(actor, options.viewers);
  assertMay(viewer, route.access);
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
    assertMaySelect(viewer, route.access.entity, rest);
  }
  const cursors = cursorsFor(options.cursorSecret, { route: route.id, query: rest, userId: actor.userId });
  const after = cursor === undefined ? undefined : await cursors.decode(cursor);
  const { output, isRepeat } = await answerOnce({
    claim,
    claims: options.claims,
    run: () => run({ params, query, body, expectedVersion, after, context, viewer, language }),
    repeat,
  });
  const headers = { ...securityHeaders, ...(isRepeat ? { [replayedHeader]: "true" } : {}) };
  if (!route.response) return { statusCode: route.status, headers };
  const shown = await withCursor(output, cursors.encode);
  const parsed = route.response.parse(shown);
  return {
    statusCode: route.status,
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
  const { items } = answer as { items?: Record<string, unknown>[] };
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
