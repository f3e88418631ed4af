import type http from "node:http";
import type { InvokeResult } from "../runtime/invoke-result.ts";
import type { ApiDefinition, ApiRoute } from "./api-definition.ts";
import { Authorizers } from "./authorize.ts";
import { corsHeaders, isPreflight, preflightHeaders, withoutCors } from "./cors.ts";
import { functionAnswer, gatewayAnswer, type HttpAnswer, sendAnswer } from "./http-answer.ts";
import { type HttpEvent, httpEvent } from "./http-event.ts";
import { RouteTable } from "./route-table.ts";
import { Throttle } from "./throttle.ts";

export interface GatewayParts {
  readonly api: ApiDefinition;
  now(): number;
  invoke(functionArn: string, event: unknown): Promise<InvokeResult>;
  permit(principalService: string, functionArn: string, sourceArn: string): boolean;
  /** One line for the developer about a request that failed on the server's side. */
  log(line: string): void;
}

/** HTTP APIs take 10 MB, and a request line and headers of 10,240 bytes. */
const mostBodyBytes = 10 * 1024 * 1024;
export const mostHeaderBytes = 10_240;
/** Lambda takes and gives 6 MB. */
const mostResponseBytes = 6 * 1024 * 1024;

/** A person or two keep fewer requests under way. */
const busyRequests = 6;
const busyMs = 1_000;

const principal = "apigateway.amazonaws.com";
const notFound = gatewayAnswer(404, "Not Found");
const badRequest = gatewayAnswer(400, "Bad Request");
const tooLarge = gatewayAnswer(413, "Request Entity Too Large");
const tooMany = gatewayAnswer(429, "Too Many Requests");
const failed = gatewayAnswer(500, "Internal Server Error");
const unavailable = gatewayAnswer(503, "Service Unavailable");

/** Serves an HTTP API the way API Gateway does: declared routes only, its own answers word for word. */
export class Gateway {
  readonly #parts: GatewayParts;
  readonly #table: RouteTable;
  readonly #authorizers: Authorizers;
  readonly #throttle: Throttle | undefined;
  readonly #ofRoutes = new Map<ApiRoute, Throttle>();
  readonly #permitted = new Map<ApiRoute, boolean>();
  #inFlight = 0;
  #lastBusy = Number.NEGATIVE_INFINITY;

  constructor(parts: GatewayParts) {
    this.#parts = parts;
    this.#table = new RouteTable(parts.api.routes);
    this.#throttle = parts.api.throttle && new Throttle(parts.api.throttle);
    for (const route of parts.api.routes)
      if (route.throttle !== undefined) this.#ofRoutes.set(route, new Throttle(route.throttle));
    this.#authorizers = new Authorizers({
      api: parts.api,
      now: parts.now,
      invoke: parts.invoke,
      log: parts.log,
      permit: (functionArn, sourceArn) => parts.permit(principal, functionArn, sourceArn),
    });
  }

  /** Whether many requests are under way, or were a moment ago: clients pause between two of them. */
  get isBusy(): boolean {
    return performance.now() - this.#lastBusy < busyMs;
  }

  /** Answers one request; never rejects. */
  async handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { cors } = this.#parts.api;
    if (cors !== undefined && isPreflight(request)) {
      sendAnswer(response, { status: 204, headers: {}, body: "" }, preflightHeaders(cors, request));
      return;
    }
    const extra = cors === undefined ? {} : corsHeaders(cors, request);
    let answer: HttpAnswer;
    this.#inFlight += 1;
    if (this.#inFlight >= busyRequests) this.#lastBusy = performance.now();
    try {
      answer = await this.#answer(request, extra);
    } catch (error) {
      this.#parts.log(`${request.method} ${request.url}: ${error instanceof Error ? error.message : String(error)}`);
      answer = failed;
    } finally {
      this.#inFlight -= 1;
    }
    // An API with CORS rules passes on none of a function's own.
    if (cors !== undefined) answer = withoutCors(answer);
    if (response.writable) sendAnswer(response, answer, extra);
    // What is left of a refused body is not worth reading.
    if (answer.status === tooLarge.status) request.socket.destroySoon();
  }

  async #answer(request: http.IncomingMessage, extra: Record<string, string>): Promise<HttpAnswer> {
    const { api, now } = this.#parts;
    const url = request.url ?? "/";
    const mark = url.indexOf("?");
    const path = mark < 0 ? url : url.slice(0, mark);
    const method = request.method ?? "GET";
    const inStage = stagePath(api.stage, path);
    let match: ReturnType<RouteTable["match"]>;
    try {
      match = inStage === undefined ? undefined : this.#table.match(method, inStage);
    } catch {
      return badRequest;
    }
    if (match === undefined) return notFound;
    const throttle = this.#ofRoutes.get(match.route) ?? this.#throttle;
    if (throttle?.take() === false) return tooMany;
    const body = hasBody(request) ? await readBody(request) : undefined;
    if (body === tooLong) return tooLarge;
    const rawQueryString = mark < 0 ? "" : url.slice(mark + 1);
    let event = httpEvent(request, { api, match, path, rawQueryString, body, now: now() });
    extra["apigw-requestid"] = event.requestContext.requestId;
    const { authorizer } = match.route;
    if (authorizer !== undefined) {
      const asked = this.#authorizers.authorize(authorizer, event);
      const authorization = asked instanceof Promise ? await asked : asked;
      if ("answer" in authorization) return authorization.answer;
      const requestContext = { ...event.requestContext, authorizer: { lambda: authorization.context } };
      event = { ...event, requestContext };
    }
    return this.#integrate(match.route, event);
  }

  async #integrate(route: ApiRoute, event: HttpEvent): Promise<HttpAnswer> {
    if (!this.#mayInvoke(route)) {
      this.#parts.log(`${route.routeKey}: the API may not invoke its function: no AWS::Lambda::Permission says so`);
      return failed;
    }
    const result = await withLimit(this.#parts.invoke(route.functionArn, event), route.timeoutMs);
    if (result === undefined) return unavailable;
    if (result.functionError !== undefined) {
      this.#parts.log(`${route.routeKey}: ${result.functionError.errorType}: ${result.functionError.errorMessage}`);
      return failed;
    }
    const answer = functionAnswer(result.payload);
    if (answer === undefined || answer.body.length > mostResponseBytes) {
      this.#parts.log(`${route.routeKey}: the function's response is not one that API Gateway passes on`);
      return failed;
    }
    return answer;
  }

  #mayInvoke(route: ApiRoute): boolean {
    const known = this.#permitted.get(route);
    if (known !== undefined) return known;
    const { api, permit } = this.#parts;
    const [method, path] = route.routeKey === "$default" ? ["*", "/$default"] : route.routeKey.split(" ");
    const permitted = permit(principal, route.functionArn, `${api.executeArn}/${api.stage}/${method}${path}`);
    this.#permitted.set(route, permitted);
    return permitted;
  }
}

/** The path behind the stage's name; undefined for a path outside the stage. */
function stagePath(stage: string, path: string): string | undefined {
  if (stage === "$default") return path;
  return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : undefined;
}

const tooLong = Symbol("too long");

function hasBody({ headers }: http.IncomingMessage): boolean {
  const length = headers["content-length"];
  return (length !== undefined && length !== "0") || headers["transfer-encoding"] !== undefined;
}

async function readBody(request: http.IncomingMessage): Promise<Buffer | undefined | typeof tooLong> {
  if (Number(request.headers["content-length"] ?? 0) > mostBodyBytes) return tooLong;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= mostBodyBytes) chunks.push(chunk);
      else {
        request.pause();
        resolve(tooLong);
      }
    });
    request.on("end", () => resolve(bytes === 0 ? undefined : Buffer.concat(chunks)));
    request.on("error", reject);
  });
}

async function withLimit<T>(work: Promise<T>, limitMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
