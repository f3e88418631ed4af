import { DomainError, type FieldError } from "./domain-error.ts";

/** An answer names so many faults, and so much of a name that a caller has made up: it does not grow with the request. */
export const mostErrors = 50;
const mostKeyLength = 200;

/** What is wrong with one value, as a schema tells it. */
export interface Issue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

/** A schema of the contracts, as far as it is used here. */
export interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } };
}

/**
 * A value as its schema has it; `pointer` is where it lies in the request.
 * @throws DomainError `invalid_request` that names what is wrong, the first of `most` faults
 */
export function parseFields<T>(schema: Schema<T>, value: unknown, pointer: string, most = mostErrors): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.slice(0, most).flatMap((issue) => fieldErrors(issue, pointer, most));
  throw new DomainError("invalid_request", "Some values are not valid.", { errors: errors.slice(0, most) });
}

function fieldErrors(issue: Issue, root: string, most: number): FieldError[] {
  const path = issue.path.map((step) => String(step).replaceAll("~", "~0").replaceAll("/", "~1"));
  const pointer = [root, ...path].join("/");
  if (issue.code === "unrecognized_keys") {
    return (issue.keys ?? [])
      .slice(0, most)
      .map((key) => ({ pointer: `${pointer}/${key.slice(0, mostKeyLength)}`, message: "is not a known field" }));
  }
  return [{ pointer, message: issue.message, issue }];
}
