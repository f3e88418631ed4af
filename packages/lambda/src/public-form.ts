import { retryAfterHeader } from "@shangji/contracts/kit/rate-limit";
import { mostSubmissionBytes, submitForm as route, Submission } from "@shangji/contracts/public-forms/routes";
import type { Sender } from "@shangji/core/forms/sendable-form";
import type { SubmittedForm } from "@shangji/core/forms/submit-form";
import type { CallContext } from "@shangji/core/kit/context";
import { DomainError, notFound } from "@shangji/core/kit/domain-error";
import { parseFields } from "@shangji/core/kit/parse-fields";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { describeError, log } from "./log.ts";
import { networkOf } from "./network.ts";
import { bodyText, mediaTypeOf, parsedJson } from "./parse-request.ts";
import { type Language, languageOf, problemOf } from "./problem.ts";
import { securityHeaders } from "./security-headers.ts";
import { systemContext } from "./system-context.ts";
import { urlEncodedInputs } from "./url-encoded.ts";

export interface PublicFormOptions {
  /** Resolves when a page may send the form. */
  ask(sender: Sender): Promise<unknown>;
  /** Takes what was sent. */
  submit(submitted: SubmittedForm, context: CallContext): Promise<{ redirectUrl?: string | undefined }>;
  defaultLanguage: Language;
}

type Event = APIGatewayProxyEventV2;
type Result = APIGatewayProxyStructuredResultV2;

/** What a page is told that may not send the form, if it is one. */
const closed: ReadonlySet<string> = new Set(["origin_not_allowed", "not_found"]);

const urlEncoded = "application/x-www-form-urlencoded";

/**
 * The handler of public forms: no caller, no token, and nothing of what was sent in logs. Where the API has no CORS rules of its
 * own, it answers the preflights of pages that may send the form, and they may read the answer; where it has, the gateway's
 * rules hold and preflights do not get here.
 */
export function publicForm({ ask, submit, defaultLanguage }: PublicFormOptions) {
  return async (event: Event): Promise<Result> => {
    const started = performance.now();
    const { requestId } = event.requestContext;
    const language = languageOf(event.headers["accept-language"], defaultLanguage);
    let result: Result;
    let code: string | undefined;
    try {
      result = isPreflight(event) ? await preflight(event, ask) : await submission(event, submit);
    } catch (error) {
      const problem = problemOf(error, requestId, language);
      code = String(problem.body.code);
      if (problem.status >= 500)
        log("error", { message: "request failed", requestId, route: event.routeKey, ...describeError(error) });
      result = {
        statusCode: problem.status,
        headers: {
          ...securityHeaders,
          ...(closed.has(code) || isPreflight(event) ? {} : corsHeaders(event)),
          "content-type": "application/problem+json; charset=utf-8",
          "content-language": language,
          ...retryHeaders(code),
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
      ...(code ? { code } : {}),
    });
    return result;
  };
}

/** A budget is whole again within a minute, and a busy store within a moment. */
function retryHeaders(code: string): Record<string, string> {
  const seconds = { too_many_requests: "60", unavailable: "1" }[code];
  return seconds === undefined ? {} : { [retryAfterHeader.toLowerCase()]: seconds };
}

function isPreflight(event: Event): boolean {
  return event.requestContext.http.method === "OPTIONS";
}

async function preflight(event: Event, ask: PublicFormOptions["ask"]): Promise<Result> {
  await ask(senderOf(event));
  const allowed = {
    "access-control-allow-methods": route.method,
    "access-control-allow-headers": "content-type,accept-language",
    "access-control-max-age": "600",
  };
  return { statusCode: 204, headers: { ...securityHeaders, ...corsHeaders(event), ...allowed } };
}

async function submission(event: Event, submit: PublicFormOptions["submit"]): Promise<Result> {
  const isEncoded = mediaTypeOf(event) === urlEncoded;
  const inputs = parseFields(Submission, inputsOf(event, isEncoded), "/body");
  const context = { ...systemContext(event.requestContext.requestId), source: "form" as const };
  const { redirectUrl } = await submit({ ...senderOf(event), inputs }, context);
  return accepted(event, isEncoded ? redirectUrl : undefined);
}

function senderOf(event: Event): Sender {
  const params = route.params?.safeParse(event.pathParameters ?? {});
  if (!params?.success) throw notFound();
  return { key: params.data.key, origin: event.headers.origin, network: networkOf(event.requestContext.http.sourceIp) };
}

function inputsOf(event: Event, isEncoded: boolean): unknown {
  const text = bodyText(event);
  if (Buffer.byteLength(text) > mostSubmissionBytes)
    throw new DomainError("too_large", "The body is larger than 64 KB.");
  if (isEncoded) return urlEncodedInputs(text);
  if (mediaTypeOf(event) === "application/json") return parsedJson(text);
  throw new DomainError("unsupported_media_type", "Send the form as JSON or url-encoded.");
}

function accepted(event: Event, redirectUrl: string | undefined): Result {
  const headers = { ...securityHeaders, ...corsHeaders(event) };
  if (redirectUrl !== undefined) return { statusCode: 303, headers: { ...headers, location: redirectUrl } };
  return {
    statusCode: route.status,
    headers: { ...headers, "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({ accepted: true }),
  };
}

function corsHeaders({ headers: { origin } }: Event): Record<string, string> {
  return origin === undefined ? {} : { "access-control-allow-origin": origin, vary: "origin" };
}
