import type { InvokeResult } from "../runtime/invoke-result.ts";
import type { ApiAuthorizer, ApiDefinition } from "./api-definition.ts";
import { gatewayAnswer, type HttpAnswer } from "./http-answer.ts";
import type { HttpEvent } from "./http-event.ts";

/** Lets a request pass with the authoriser's context, or answers it. */
export type Authorization = { readonly context: Readonly<Record<string, unknown>> } | { readonly answer: HttpAnswer };

export interface AuthorizerParts {
  readonly api: ApiDefinition;
  now(): number;
  invoke(functionArn: string, event: unknown): Promise<InvokeResult>;
  permit(functionArn: string, sourceArn: string): boolean;
  log(line: string): void;
}

const unauthorized: Authorization = { answer: gatewayAnswer(401, "Unauthorized") };
const forbidden: Authorization = { answer: gatewayAnswer(403, "Forbidden") };
const broken: Authorization = { answer: gatewayAnswer(500, "Internal Server Error") };

/** Answers beyond this many are dropped, the oldest first. */
const mostCached = 10_000;

/**
 * Asks function authorisers (payload 2.0, simple answers) and keeps their answers per identity for as long as the
 * template says. The key is the identity sources alone, as in AWS: an answer serves every route of the authoriser.
 */
export class Authorizers {
  readonly #parts: AuthorizerParts;
  readonly #cache = new Map<string, { readonly until: number; readonly authorization: Authorization }>();

  constructor(parts: AuthorizerParts) {
    this.#parts = parts;
  }

  /** The answer, at once if it is kept: most requests do not have to wait. */
  authorize(authorizer: ApiAuthorizer, event: HttpEvent): Authorization | Promise<Authorization> {
    const identity = authorizer.identitySources.map((source) => readSource(source, event));
    if (identity.some((value) => value === undefined || value === "")) return unauthorized;
    if (authorizer.ttlMs === 0 || identity.length === 0) return this.#ask(authorizer, event, identity);
    const key = JSON.stringify([authorizer.id, identity]);
    const kept = this.#cache.get(key);
    if (kept !== undefined && kept.until > this.#parts.now()) return kept.authorization;
    return this.#askAndKeep(key, authorizer, event, identity);
  }

  async #askAndKeep(
    key: string,
    authorizer: ApiAuthorizer,
    event: HttpEvent,
    identity: readonly (string | undefined)[],
  ): Promise<Authorization> {
    const authorization = await this.#ask(authorizer, event, identity);
    if (authorization === broken) return authorization;
    const [oldest] = this.#cache.keys();
    if (this.#cache.size >= mostCached && oldest !== undefined) this.#cache.delete(oldest);
    this.#cache.set(key, { until: this.#parts.now() + authorizer.ttlMs, authorization });
    return authorization;
  }

  async #ask(
    authorizer: ApiAuthorizer,
    event: HttpEvent,
    identitySource: readonly (string | undefined)[],
  ): Promise<Authorization> {
    const { api, permit, log } = this.#parts;
    if (!permit(authorizer.functionArn, `${api.executeArn}/authorizers/${authorizer.id}`)) {
      log(`the API may not invoke its authoriser ${authorizer.functionArn}: no AWS::Lambda::Permission says so`);
      return broken;
    }
    const { body: _, isBase64Encoded: __, ...request } = event;
    const routeArn = `${api.executeArn}/${api.stage}/${event.routeKey.replace(" ", "")}`;
    const result = await this.#parts.invoke(authorizer.functionArn, {
      ...request,
      type: "REQUEST",
      routeArn,
      identitySource,
    });
    if (result.functionError !== undefined) {
      // The way in which an authoriser says 401 rather than 403.
      if (result.functionError.errorMessage === "Unauthorized") return unauthorized;
      log(`authoriser failed: ${result.functionError.errorType}: ${result.functionError.errorMessage}`);
      return broken;
    }
    return read(result.payload, log);
  }
}

function read(payload: unknown, log: (line: string) => void): Authorization {
  if (typeof payload !== "object" || payload === null || !("isAuthorized" in payload)) {
    log(`authoriser gave no isAuthorized: ${JSON.stringify(payload)}`);
    return broken;
  }
  if (payload.isAuthorized !== true) return forbidden;
  const context = "context" in payload ? payload.context : undefined;
  return { context: typeof context === "object" && context !== null ? { ...context } : {} };
}

function readSource(source: string, event: HttpEvent): string | undefined {
  const [, kind, name = ""] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  if (kind === "header") return event.headers[name.toLowerCase()];
  if (kind === "querystring") return event.queryStringParameters?.[name];
  if (source === "$context.routeKey") return event.routeKey;
  return undefined;
}
