import type { Route } from "@shangji/contracts";
import type { Viewer } from "@shangji/core/access/viewer";
import type { CallContext } from "@shangji/core/kit/context";
import type { TakenClaims } from "@shangji/core/kit/idempotency";
import type { PutRecord } from "@shangji/core/kit/put-by-external-id";
import type { ListPosition } from "@shangji/core/kit/record";
import type { z } from "zod";
import { answerOnce, type FirstRecord } from "./idempotency.ts";
import type { Language } from "./problem.ts";
import type { Redirect } from "./redirect.ts";

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

/** What a call comes to. */
export interface Outcome {
  output: unknown;
  /** Whether nothing has happened that had not happened before: an earlier call with the same key has had the effect. */
  isRepeat: boolean;
  /** @default the route's own */
  status?: number;
}

/** An operation bound to its code. Built by {@link operation} and its likes. */
export interface Operation {
  route: Route;
  run(call: Call<unknown, unknown, unknown>, claims: TakenClaims): Promise<Outcome>;
}

/**
 * Binds a route to its code; the types of input and output are those of the route's schemas. A repeated POST answers with the
 * record that the first one has written, unless `repeat` makes the answer of it.
 */
export function operation<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: Route<P, Q, B, R>,
  run: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.input<R> | Answer<z.input<R>> | Redirect>,
  repeat: (record: FirstRecord, viewer: Viewer) => Promise<unknown> = async (record) => record,
): Operation {
  return {
    route,
    run: (call, claims) =>
      answerOnce({
        claim: call.context.claim,
        claims,
        // parseRequest has parsed the input with this route's own schemas.
        run: () => run(call as Call<z.output<P>, z.output<Q>, z.output<B>>),
        repeat: (record) => repeat(record, call.viewer),
      }),
  };
}

/** Binds a route that puts a record: 201 when it has added it. */
export function putOperation<P extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: Route<P, z.ZodUndefined, B, R>,
  run: (call: Call<z.output<P>, undefined, z.output<B>>) => Promise<PutRecord<z.input<R>>>,
): Operation {
  return {
    route,
    async run(call) {
      // parseRequest has parsed the input with this route's own schemas.
      const { record, isNew } = await run(call as Call<z.output<P>, undefined, z.output<B>>);
      return { output: record, isRepeat: false, ...(isNew ? { status: 201 } : {}) };
    },
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
