import type { LocalClock } from "./clock/local-clock.ts";
import type { LocalIam } from "./iam/local-iam.ts";
import type { InvokeResult } from "./runtime/invoke-result.ts";
import type { Deployment } from "./template/deployment.ts";

/** What a service of the local cloud gets to work with. */
export interface CloudContext {
  readonly deployment: Deployment;
  /** Runs a function by ARN or name with a JSON payload; never rejects for an error inside the function. */
  invoke(functionArn: string, payload: unknown): Promise<InvokeResult>;
  /**
   * Whether an `AWS::Lambda::Permission` lets this principal (`events.amazonaws.com`) invoke the function for this
   * source. To be asked before `invoke` by whoever invokes on behalf of AWS, except event source mappings and steps of
   * a state machine: these act with a role, so ask `iam.isAllowed`.
   */
  permit(principalService: string, functionArn: string, sourceArn: string): boolean;
  readonly iam: LocalIam;
  readonly clock: LocalClock;
  /** Whether so many requests of API clients wait for answers that work which can wait had better do so. */
  isBusy(): boolean;
  /** Base URLs of the services that have started so far, by the name of their environment variable. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** Where to keep data; absent = keep nothing beyond the process. */
  readonly dataDir?: string;
  /** One line for the person who runs the local cloud. */
  log(line: string): void;
}

/** A service that the local cloud runs beside the functions: buckets, a bus, queues, pollers, workflows. */
export interface LocalService {
  readonly name: string;
  /** Environment variable that tells functions where it listens, e.g. `AWS_ENDPOINT_URL_S3`. */
  readonly endpointEnv?: string;
  /** Base URL without a slash at the end, e.g. `http://127.0.0.1:4566`; set once `start` has resolved. */
  readonly endpoint?: string;
  /** Called in the order of the list, engines (DynamoDB, Cognito, mail) are up; no function has started yet. */
  start(ctx: CloudContext): Promise<void>;
  stop(): Promise<void>;
  /** Resolves when nothing is queued or in flight; asked repeatedly, since one service feeds another. */
  settle?(): Promise<void>;
  /** Whether nothing is queued or in flight right now; a service with `settle` has it. */
  isIdle?(): boolean;
}

/** Makes a service for one cloud. */
export type ServiceFactory = () => LocalService;
