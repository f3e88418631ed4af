/** An error by which a step fails: `name` is what `Retry` and `Catch` match, the message is the cause. */
export class StateError extends Error {
  override readonly name: string;
  /** The engine asks: not even `States.ALL` stands for an error of the workflow itself. */
  readonly isCatchable: boolean;
  readonly isRetryable: boolean;

  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
    this.isCatchable = name !== "States.DataLimitExceeded" && name !== "States.Runtime";
    this.isRetryable = this.isCatchable;
  }
}

/** Largest JSON that goes into or comes out of a state, in bytes. */
export const MOST_STATE_BYTES = 256 * 1024;

/** Throws `States.DataLimitExceeded` for a value that is too large to pass between states. */
export function requireStateSize(value: unknown, what: string): void {
  const bytes = Buffer.byteLength(JSON.stringify(value) ?? "");
  if (bytes <= MOST_STATE_BYTES) return;
  throw new StateError(
    "States.DataLimitExceeded",
    `The ${what} is ${bytes} bytes; at most ${MOST_STATE_BYTES} are allowed.`,
  );
}
