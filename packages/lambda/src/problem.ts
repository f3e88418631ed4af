import { type ErrorCode, errorCodes } from "@shangji/contracts/kit/error-codes";
import { rateLimitPolicy } from "@shangji/contracts/kit/rate-limit";
import { DomainError, type FieldError } from "@shangji/core/kit/domain-error";
import { inChinese, issueInChinese } from "./in-chinese.ts";

export type Language = "en" | "zh-CN";

/** The language of an Accept-Language header that we speak best. */
export function languageOf(header: string | undefined, fallback: Language): Language {
  if (!header) return fallback;
  const wanted = header
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .sort((left, right) => right.quality - left.quality);
  for (const { tag, quality } of wanted) {
    if (quality > 0 && tag.startsWith("zh")) return "zh-CN";
    if (quality > 0 && tag.startsWith("en")) return "en";
  }
  return fallback;
}

export interface Problem {
  status: number;
  body: Record<string, unknown>;
}

/** The problem document (RFC 9457) of an error. What is not a domain error says nothing but its request id. */
export function problemOf(error: unknown, requestId: string, language: Language): Problem {
  const known =
    error instanceof DomainError ? error : new DomainError(overloaded(error) ? "unavailable" : "internal", "");
  const { status } = errorCodes[known.code];
  return {
    status,
    body: {
      type: `urn:shangji:problem:${known.code}`,
      title: titleOf(known.code, language),
      status,
      code: known.code,
      requestId,
      ...(known.message ? { detail: detailOf(known, language) } : {}),
      ...(known.errors.length > 0 ? { errors: known.errors.map((error) => shownError(error, language)) } : {}),
      ...(known.code === "too_many_requests" ? { "violated-policies": [rateLimitPolicy] } : {}),
      ...(known.failures.length > 0
        ? { failures: known.failures.map((failure) => shownFailure(failure, language)) }
        : {}),
      ...(known.alternatives.length > 0 ? { alternatives: known.alternatives } : {}),
    },
  };
}

function titleOf(code: ErrorCode, language: Language): string {
  return language === "zh-CN" ? errorCodes[code].zh : errorCodes[code].en;
}

function detailOf({ message, failures }: DomainError, language: Language): string {
  if (language === "en") return message;
  // The detail of several failures is their sentences in a row.
  const sentences = failures.flatMap((failure) => ("message" in failure ? [textOf(failure, language)] : []));
  return sentences.length > 0 ? sentences.join("") : (inChinese(message) ?? message);
}

/** What is shown of a fault: its place and its text. */
function shownError({ pointer, message, issue }: FieldError, language: Language): FieldError {
  if (language === "en") return { pointer, message };
  return { pointer, message: inChinese(message) ?? (issue ? issueInChinese(issue) : message) };
}

function shownFailure(failure: object, language: Language): object {
  return "message" in failure ? { ...failure, message: textOf(failure, language) } : failure;
}

function textOf(failure: object, language: Language): string {
  const message = "message" in failure ? String(failure.message) : "";
  return language === "en" ? message : (inChinese(message) ?? message);
}

const busyErrors = new Set(["ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded"]);

/** The store was too busy even after the SDK's retries: the caller may try again. */
function overloaded(error: unknown): boolean {
  return error instanceof Error && busyErrors.has(error.name);
}
