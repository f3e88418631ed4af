import type { JsonObject } from "../../template/deployment.ts";

/** An event in EventBridge's envelope. */
export interface BusEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601 to the second. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
  // A type alias would do without; an interface needs this to count as JSON.
  readonly [member: string]: string | readonly string[] | JsonObject;
}

/** An instant as the envelope spells it. */
export function eventTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}
