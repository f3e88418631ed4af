import type { CalledAction, RequestFacts } from "../iam/called-actions.ts";
import type { FunctionError } from "./invoke-result.ts";

/** What a function's thread is started with. */
export interface ThreadSetup {
  /** Folder that holds the code. */
  readonly codeDir: string;
  /** As in the template: `index.handler`. */
  readonly handler: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
  readonly region: string;
  readonly accountId: string;
  readonly clockOffsetMs: number;
  readonly facts: RequestFacts;
  /** Local base URLs by the first label of AWS host names: `dynamodb`, `s3`, `sqs`, `cognito-idp`, … */
  readonly awsHosts: Readonly<Record<string, string>>;
}

export type ToThread =
  | {
      readonly type: "invoke";
      readonly id: number;
      readonly event: unknown;
      readonly requestId: string;
      readonly timeoutMs: number;
    }
  /** `refusal` is AWS's text for a refused call; without one the call may go ahead. */
  | { readonly type: "verdict"; readonly id: number; readonly refusal?: string }
  | { readonly type: "clock"; readonly offsetMs: number };

export type FromThread =
  | { readonly type: "ready" }
  | { readonly type: "broken"; readonly error: FunctionError }
  | { readonly type: "result"; readonly id: number; readonly payload: unknown }
  | { readonly type: "error"; readonly id: number; readonly error: FunctionError }
  | { readonly type: "ask"; readonly id: number; readonly question: CalledAction };
