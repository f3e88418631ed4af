/** What Lambda reports when a function fails: thrown error, timeout, crash, or code that does not load. */
export interface FunctionError {
  /** `Error` name as thrown, or `Sandbox.Timedout`, `Runtime.ExitError`, `Runtime.OutOfMemory`, `Runtime.ImportError`. */
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** Outcome of one invocation. `payload` is the JSON value which the handler returned (`null` for nothing). */
export type InvokeResult =
  | { readonly payload: unknown; readonly functionError?: undefined }
  | { readonly functionError: FunctionError; readonly payload?: undefined };
