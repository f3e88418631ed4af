import type { ErrorCode } from "@shangji/contracts";

/** What is wrong with one field of a request. */
export interface FieldError {
  /** JSON Pointer into the request, e.g. `/body/amountMinor`. */
  pointer: string;
  message: string;
  /** What a schema has found, for its text in another language; never shown. */
  issue?: object;
}

/**
 * A refusal with a code of the closed list. `detail` and `errors` are shown to the caller, so they hold nothing that
 * the caller did not send or may not see; `failures` are the failed rules of a refused transition.
 */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: ErrorCode;
  readonly errors: readonly FieldError[];
  readonly failures: readonly object[];
  /** What can be asked in the place of what was refused. */
  readonly alternatives: readonly string[];

  constructor(
    code: ErrorCode,
    detail: string,
    options: {
      errors?: readonly FieldError[];
      failures?: readonly object[];
      alternatives?: readonly string[];
      cause?: unknown;
    } = {},
  ) {
    super(detail, { cause: options.cause });
    this.code = code;
    this.errors = options.errors ?? [];
    this.failures = options.failures ?? [];
    this.alternatives = options.alternatives ?? [];
  }

  /** The same refusal of a part of a request: what it says of the body is said of the place where that part lies. */
  at(place: string): DomainError {
    const errors = this.errors.map((error) => ({
      ...error,
      pointer: error.pointer.replace(/^\/body(?!\/rows\/)/, place),
    }));
    return new DomainError(this.code, this.message, { errors, failures: this.failures, cause: this.cause });
  }
}

/** A reference to a record that does not exist, at the field that holds it. */
export function unknownReference(pointer: string, id: string): DomainError {
  return new DomainError("unknown_reference", `There is no record ${id}.`, {
    errors: [{ pointer, message: "refers to a record that does not exist" }],
  });
}

/** A reference to a user who is deactivated, at the field that holds it. */
export function inactiveReference(pointer: string): DomainError {
  return new DomainError("inactive_reference", "Nothing can be given to a user who is deactivated.", {
    errors: [{ pointer, message: "refers to a user who is deactivated" }],
  });
}

export function notFound(): DomainError {
  return new DomainError("not_found", "There is no such record.");
}

/** What has been looked for. @throws DomainError `not_found` when it was not there. */
export async function found<T>(search: Promise<T | undefined>): Promise<T> {
  const record = await search;
  if (record === undefined) throw notFound();
  return record;
}
