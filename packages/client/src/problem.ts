import type { problemCodes } from "./generated/routes.ts";

/** Every reason for which the API refuses, as `openapi.json` lists them. */
export type ProblemCode = (typeof problemCodes)[number];

/** What is wrong with one value: `pointer` is a JSON Pointer into the request, such as `/body/name`. */
export interface FieldProblem {
  pointer: string;
  message: string;
}

/** A refusal by the API: the problem document, with its code. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  /** Undefined for what the gateway itself refuses: too many requests at once, a token that is no good. */
  readonly code: ProblemCode | undefined;
  readonly errors: readonly FieldProblem[];
  /** What to name when asking for help. */
  readonly requestId: string | undefined;
  /** When the same call may succeed, if the API says so. */
  readonly retryAfterSeconds: number | undefined;
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(status: number, problem: Record<string, unknown>, headers: Headers = new Headers()) {
    super(`${status} ${String(problem.code ?? problem.message ?? "")} ${String(problem.detail ?? "")}`.trim());
    this.status = status;
    this.code = problem.code as ProblemCode | undefined; // the API's own list
    this.errors = (problem.errors ?? []) as FieldProblem[]; // as the document describes them
    this.requestId = (problem.requestId as string | undefined) ?? headers.get("apigw-requestid") ?? undefined; // a text where it is
    this.retryAfterSeconds = secondsOf(headers.get("retry-after"));
    this.problem = problem;
  }
}

function secondsOf(header: string | null): number | undefined {
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

/** The problem in a body, or what stands in its place. */
export function problemIn(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>; // a problem document or the gateway's own JSON
  } catch {
    return { message: text.slice(0, 200) };
  }
}
