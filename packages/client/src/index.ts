import type { Operations } from "./generated/operations.ts";
import { routes } from "./generated/routes.ts";

export type { Operations } from "./generated/operations.ts";
export type OperationId = keyof Operations & keyof typeof routes;

/**
 * Input of an operation: its path parameters, query and body, as far as it has them, a version for If-Match, and for a POST
 * a key under which the same call can be made again without having its effect twice.
 */
export type Input<O extends OperationId> = Omit<Operations[O], "response"> & { ifMatch?: number } & KeyOf<O>;
type KeyOf<O extends OperationId> = (typeof routes)[O]["method"] extends "POST" ? { idempotencyKey?: string } : unknown;
export type Output<O extends OperationId> = Operations[O]["response"];

/** A refusal by the API: the problem document, with its code. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  readonly code: string;
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(status: number, problem: Record<string, unknown>) {
    super(`${status} ${String(problem.code ?? problem.message ?? "")} ${String(problem.detail ?? "")}`.trim());
    this.status = status;
    this.code = String(problem.code ?? "");
    this.problem = problem;
  }
}

export interface ClientOptions {
  /** Base URL of the API, without a trailing slash. */
  baseUrl: string;
  /** Access token, or a function that gives a fresh one for each call. */
  token: string | (() => Promise<string>);
  /** @default "en" */
  language?: "en" | "zh-CN";
  /** @default the global fetch */
  fetch?: typeof fetch;
}

export interface Client {
  /** Calls an operation. @throws ApiProblem for every answer that is not a success. */
  call<O extends OperationId>(operation: O, input: Input<O>): Promise<Output<O>>;
  /** Follows the cursors of a list, item by item. */
  each<O extends ListOperation>(operation: O, input: Input<O>): AsyncGenerator<ItemOf<O>>;
}

type ListOperation = {
  [O in OperationId]: Output<O> extends { items: unknown[]; next?: string } ? O : never;
}[OperationId];
type ItemOf<O extends ListOperation> = Output<O> extends { items: (infer I)[] } ? I : never;

/** A typed client of one Shangji stack. */
export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? fetch;

  async function call<O extends OperationId>(operation: O, input: Input<O>): Promise<Output<O>> {
    const { path = {}, query = {}, body, ifMatch, idempotencyKey } = input as Loose; // every operation's input has these members at most
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
    if (!response.ok) throw new ApiProblem(response.status, problemIn(text));
    // The API validates each answer with the schema that this type was generated from.
    return (text ? JSON.parse(text) : null) as Output<O>;
  }

  return {
    call,
    async *each(operation, input) {
      let cursor: string | undefined;
      do {
        const { query } = input as Loose; // every operation's input has these members at most
        const page = (await call(operation, { ...input, query: { ...query, cursor } })) as {
          items: ItemOf<typeof operation>[];
          next?: string;
        };
        yield* page.items;
        cursor = page.next;
      } while (cursor);
    },
  };
}

/** The parts that an operation's input may have; which ones it has is known to the caller's type only. */
interface Loose {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  ifMatch?: number;
  idempotencyKey?: string;
}

function problemIn(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>; // a problem document or the gateway's own JSON
  } catch {
    return { message: text.slice(0, 200) };
  }
}
