import type { JsonObject } from "../../template/deployment.ts";

/** Outcome of one entry of PutEvents. */
export interface PutResult {
  readonly EventId?: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

/** Where services of the local cloud put events. */
export interface EventSink {
  /** Takes entries as PutEvents does, and reports each. */
  put(entries: readonly JsonObject[]): readonly PutResult[];
  /** Puts an event of AWS itself (source `aws.…`) on the default bus; `detail` as JSON, `resources` as ARNs. */
  putAwsEvent(event: {
    readonly source: string;
    readonly detailType: string;
    readonly resources: readonly string[];
    readonly detail: JsonObject;
  }): void;
  /** The ARN of a bus by name or ARN; the default bus if none is given. */
  busArn(nameOrArn: string | undefined): string;
}
