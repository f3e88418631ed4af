import type { Operations } from "./generated/operations.ts";
import { routes } from "./generated/routes.ts";
import { ApiProblem, problemIn } from "./problem.ts";
import { type RetryOptions, withRetries } from "./retry.ts";

export type { Operations } from "./generated/operations.ts";
export { ApiProblem, type FieldProblem, type ProblemCode } from "./problem.ts";
export type { RetryOptions } from "./retry.ts";
export type OperationId = keyof Operations & keyof typeof routes;

/**
 * Input of an operation: its path parameters, query and body, as far as it has them, a version for If-Match, and for a POST
 * a key under which the same call can be made again without having its effect twice.
 */
export type Input<O extends OperationId> = Omit<Operations[O], "response" | "query"> &
  QueryOf<O> & { ifMatch?: number } & KeyOf<O>;
/** A query may be left out if nothing of it must be there. */
type QueryOf<O extends OperationId> = Operations[O] extends { query: infer Q }
  ? Partial<Q> extends Q
    ? { query?: Q | undefined }
    : { query: Q }
  : unknown;
type KeyOf<O extends OperationId> = (typeof routes)[O]["method"] extends "POST" ? { idempotencyKey?: string } : unknown;
export type Output<O extends OperationId> = Operations[O]["response"];

/** An answer with what is around it: whether a put has added (201) or changed (200), RateLimit, Idempotency-Replayed. */
export interface Answer<O extends OperationId> {
  output: Output<O>;
  status: number;
  headers: Headers;
}

export interface ClientOptions extends RetryOptions {
  /** Base URL of the API, without a trailing slash. */
  baseUrl: string;
  /** Access token or API key, or a function that gives a fresh one for each call. */
  token: string | (() => Promise<string>);
  /** @default "en" */
  language?: "en" | "zh-CN";
  /** @default the global fetch */
  fetch?: typeof fetch;
}

export interface Client {
  /** Calls an operation. @throws ApiProblem for every answer that is not a success, once it helps no more to try again. */
  call<O extends OperationId>(operation: O, input: Input<O>): Promise<Output<O>>;
  /** The same, with status and headers. */
  ask<O extends OperationId>(operation: O, input: Input<O>): Promise<Answer<O>>;
  /** Follows the cursors of a list, item by item. */
  each<O extends ListOperation>(operation: O, input: Input<O>): AsyncGenerator<ItemOf<O>>;
  /**
   * Sends any number of rows in batches, one after the other, and gives their results in order, `index` over all of them. With
   * the same key and rows it can be begun again after a crash: what is done stays done.
   */
  eachResult<O extends BatchOperation>(
    operation: O,
    rows: Iterable<RowOf<O>> | AsyncIterable<RowOf<O>>,
    options?: { idempotencyKey?: string },
  ): AsyncGenerator<RowResult>;
}

type ListOperation = {
  [O in OperationId]: Output<O> extends { items: unknown[]; next?: string } ? O : never;
}[OperationId];
type ItemOf<O extends ListOperation> = Output<O> extends { items: (infer I)[] } ? I : never;

export type BatchOperation = {
  [O in OperationId]: Operations[O] extends { body: { rows: unknown[] } } ? O : never;
}[OperationId];
export type RowOf<O extends BatchOperation> = Operations[O] extends { body: { rows: (infer R)[] } } ? R : never;
/** What has become of a row, whatever the batch. */
export type RowResult = Output<"batchAccounts">["results"][number];

const mostBatchRows = 100;
const busy = 503;

/** A typed client of one Shangji stack. */
export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? fetch;
  const { retries = 4 } = options;

  async function once<O extends OperationId>(operation: O, input: Loose): Promise<Answer<O>> {
    const { path = {}, query = {}, body, ifMatch, idempotencyKey } = input;
    const { method, path: template } = routes[operation];
    const url = new URL(
      options.baseUrl + template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(path[name]))),
    );
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const response = await send(url, {
      method,
      headers: {
        authorization: `Bearer ${typeof options.token === "string" ? options.token : await options.token()}`,
        "accept-language": options.language ?? "en",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(ifMatch === undefined ? {} : { "if-match": `"${ifMatch}"` }),
        ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new ApiProblem(response.status, problemIn(text), response.headers);
    // The API validates each answer with the schema that this type was generated from.
    const output = (text ? JSON.parse(text) : null) as Output<O>;
    return { output, status: response.status, headers: response.headers };
  }

  async function ask<O extends OperationId>(operation: O, input: Input<O>): Promise<Answer<O>> {
    const given = input as Loose; // every operation's input has these members at most
    const { method } = routes[operation];
    // A POST that may be made again needs a key, so that it has its effect once.
    const needsKey = method === "POST" && retries > 0 && given.idempotencyKey === undefined;
    const keyed = needsKey ? { ...given, idempotencyKey: crypto.randomUUID() } : given;
    return withRetries({ ...keyed, method }, options, () => once(operation, keyed));
  }

  /** Rows that the API had no time for are sent again with the others of their batch, which their key answers for. */
  async function resultsOf<O extends BatchOperation>(operation: O, input: Loose): Promise<RowResult[]> {
    for (let round = 0; ; round++) {
      const { output } = await ask(operation, input as Input<O>); // rows of this operation and a key
      const { results } = output as { results: RowResult[] }; // what every batch answers
      if (round === retries || !results.some(({ status }) => status === busy)) return results;
    }
  }

  return {
    ask,
    async call(operation, input) {
      return (await ask(operation, input)).output;
    },
    async *each(operation, input) {
      let cursor: string | undefined;
      do {
        const { query } = input as Loose; // every operation's input has these members at most
        const { output } = await ask(operation, { ...input, query: { ...query, cursor } });
        const page = output as { items: ItemOf<typeof operation>[]; next?: string }; // what every list answers
        yield* page.items;
        cursor = page.next;
      } while (cursor);
    },
    async *eachResult(operation, rows, { idempotencyKey = crypto.randomUUID() } = {}) {
      let start = 0;
      for await (const chunk of chunksOf(rows)) {
        const results = await resultsOf(operation, {
          body: { rows: chunk },
          idempotencyKey: `${idempotencyKey}-${start}`,
        });
        for (const result of results) yield { ...result, index: start + result.index };
        start += chunk.length;
      }
    },
  };
}

async function* chunksOf<T>(rows: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < mostBatchRows) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** The parts that an operation's input may have; which ones it has is known to the caller's type only. */
interface Loose {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  ifMatch?: number;
  idempotencyKey?: string;
}
