import http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import { Readable } from "node:stream";
import { type AwsRequest, type CalledAction, calledActions } from "../iam/called-actions.ts";
import type { ThreadSetup } from "./protocol.ts";
import { refusedResponse } from "./refused-response.ts";
import type { Verdicts } from "./verdicts.ts";

type OnResponse = (response: http.IncomingMessage) => void;
type SendRequest = (options: http.RequestOptions, onResponse?: OnResponse) => http.ClientRequest;

/**
 * Puts IAM between this thread's code and AWS. Every signed request is held back until its actions are known to be
 * allowed; a refused one gets AWS's answer without leaving the thread. Requests to `*.amazonaws.com` go to the local
 * engine of that service, so that code which names AWS hosts (a queue's URL, a key set of a user pool) works unchanged;
 * those for which there is no engine throw. The SDK's handler takes `request` from `node:http` when it makes its first
 * call, bundles import it by name: both see the guard, because it is in place before the bundle loads.
 */
export function guardAwsRequests(setup: ThreadSetup, verdicts: Verdicts): void {
  const sendPlain: SendRequest = http.request.bind(http);
  const sendSecure: SendRequest = https.request.bind(https);
  const redirectAgent = new http.Agent({ keepAlive: true });

  const guarded = (send: SendRequest): typeof http.request =>
    ((...given: unknown[]) => {
      const { options, onResponse } = readArguments(given);
      const host = String(options.hostname ?? options.host ?? "");
      const redirected = redirect(setup, host, options, redirectAgent);
      const request = redirected === undefined ? send(options, onResponse) : sendPlain(redirected, onResponse);
      const signature = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(headerOf(options, "authorization") ?? "");
      if (signature === null) return request;
      const [, region = "", service = ""] = signature;
      holdUntilAllowed(request, {
        verdicts,
        describe: (body) => ({
          service,
          region,
          accountId: setup.accountId,
          method: options.method ?? "GET",
          path: options.path ?? "/",
          host,
          header: (name) => headerOf(options, name),
          body,
          facts: setup.facts,
        }),
      });
      return request;
    }) as typeof http.request; // takes every overload's arguments

  const sendFetch = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const origin = localOrigin(setup, url.hostname);
    if (origin === undefined) return sendFetch(input, init);
    const redirected = new URL(`${url.pathname}${url.search}`, origin);
    return sendFetch(input instanceof Request ? new Request(redirected, input) : redirected, init);
  };

  http.request = guarded(sendPlain);
  https.request = guarded(sendSecure);
  http.get = getBy(http.request);
  https.get = getBy(https.request);
  syncBuiltinESMExports();
}

function getBy(request: typeof http.request): typeof http.get {
  return ((...given: Parameters<typeof http.request>) => {
    const sent = request(...given);
    sent.end();
    return sent;
  }) as typeof http.get; // takes every overload's arguments
}

/** The request options when the host is one of AWS's, turned to the local engine; undefined for any other host. */
function redirect(
  setup: ThreadSetup,
  host: string,
  options: http.RequestOptions,
  agent: http.Agent,
): http.RequestOptions | undefined {
  const origin = localOrigin(setup, host);
  if (origin === undefined) return undefined;
  const { protocol, hostname, port } = new URL(origin);
  return { ...options, protocol, host: hostname, hostname, port, agent };
}

/** Where the service behind an AWS host name listens locally; undefined for any other host. */
function localOrigin(setup: ThreadSetup, host: string): string | undefined {
  if (!host.endsWith(".amazonaws.com")) return undefined;
  const label = host.split(".").find((part) => Object.hasOwn(setup.awsHosts, part));
  const origin = label === undefined ? undefined : setup.awsHosts[label];
  if (origin === undefined) throw new Error(`the local cloud has no service behind ${host}`);
  return origin;
}

interface Guard {
  readonly verdicts: Verdicts;
  describe(body: string): AwsRequest;
}

/** Keeps what the caller writes until every action of the request is allowed, then lets it pass; or refuses. */
function holdUntilAllowed(request: http.ClientRequest, guard: Guard): void {
  const realWrite = request.write.bind(request);
  const realEnd = request.end.bind(request);
  const held: unknown[][] = [];
  let state: "open" | "holding" | "passed" | "refused" = "open";

  const pass = (last: unknown[]): void => {
    state = "passed";
    for (const chunk of held) Reflect.apply(realWrite, undefined, chunk);
    Reflect.apply(realEnd, undefined, last);
  };

  request.write = ((...chunk: unknown[]) => {
    if (state === "passed") return Reflect.apply(realWrite, undefined, chunk);
    held.push(chunk);
    return true;
  }) as typeof request.write; // passes any overload's arguments on

  request.end = ((...last: unknown[]) => {
    if (state !== "open") return request;
    state = "holding";
    const described = guard.describe(bodyText([...held.map(([chunk]) => chunk), last[0]]));
    const questions = questionsOf(described, request);
    if (questions === undefined) return request;
    if (questions.every((question) => guard.verdicts.known(question) === null)) {
      pass(last);
      return request;
    }
    void Promise.all(questions.map((question) => guard.verdicts.ask(question))).then((answers) => {
      const refusal = answers.find((answer) => answer !== null);
      if (refusal === undefined || refusal === null) return pass(last);
      state = "refused";
      refuse(request, refusedResponse(described, refusal));
    });
    return request;
  }) as typeof request.end; // passes any overload's arguments on
}

function questionsOf(described: AwsRequest, request: http.ClientRequest): CalledAction[] | undefined {
  try {
    return calledActions(described);
  } catch (error) {
    request.destroy(error instanceof Error ? error : new Error(String(error)));
    return undefined;
  }
}

/** Answers a request that is never sent. */
function refuse(
  request: http.ClientRequest,
  answer: { status: number; headers: Record<string, string>; body: string },
): void {
  const response = Object.assign(Readable.from([Buffer.from(answer.body)]), {
    statusCode: answer.status,
    statusMessage: "",
    headers: answer.headers,
  });
  request.emit("response", response);
  request.destroy();
}

function bodyText(chunks: readonly unknown[]): string {
  const [only] = chunks;
  if (chunks.length === 1 && typeof only === "string") return only;
  return chunks
    .map((chunk) =>
      typeof chunk === "string" ? chunk : chunk instanceof Uint8Array ? Buffer.from(chunk).toString("utf8") : "",
    )
    .join("");
}

function headerOf(options: http.RequestOptions, name: string): string | undefined {
  const headers = options.headers;
  if (headers === undefined || Array.isArray(headers)) return undefined;
  const record = headers as http.OutgoingHttpHeaders; // what is no list of lines is this
  const value = record[name] ?? Object.entries(record).find(([key]) => key.toLowerCase() === name)?.[1];
  return value === undefined ? undefined : String(value);
}

function readArguments(given: readonly unknown[]): { options: http.RequestOptions; onResponse?: OnResponse } {
  const [first, ...rest] = given;
  const onResponse = given.find((argument) => typeof argument === "function") as OnResponse | undefined; // the only function that a request takes
  const url = typeof first === "string" ? new URL(first) : first instanceof URL ? first : undefined;
  const own = (url === undefined ? first : rest[0]) ?? {};
  const fromUrl: http.RequestOptions =
    url === undefined
      ? {}
      : { protocol: url.protocol, hostname: url.hostname, port: url.port, path: `${url.pathname}${url.search}` };
  const options = typeof own === "object" ? { ...fromUrl, ...own } : fromUrl;
  return onResponse === undefined ? { options } : { options, onResponse };
}
