/** An error by which a step fails: `name` is what `Retry` and `Catch` match, the message is the cause. */
export class StateError extends Error {
  override readonly name: string;

  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
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
