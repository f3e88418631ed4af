import { randomUUID } from "node:crypto";
import { isObject } from "../../template/assembly.ts";
import type { Json, JsonObject } from "../../template/deployment.ts";
import { listMember, textMember } from "../wire/read-input.ts";
import { ServiceFault } from "../wire/service-fault.ts";
import { type BusEvent, eventTime } from "./bus-event.ts";
import type { PutResult } from "./event-sink.ts";

/** AWS takes ten entries at once, and 256 KB of them. */
const MOST_ENTRIES = 10;
const MOST_BYTES = 256 * 1024;

export interface EntryContext {
  readonly account: string;
  readonly region: string;
  readonly now: number;
  /** The ARN of a bus that exists; undefined otherwise. */
  knownBus(nameOrArn: string | undefined): string | undefined;
}

/** What becomes of one entry: an event for a bus, or why it is refused. */
export type AcceptedEntry =
  | { readonly busArn: string; readonly event: BusEvent; readonly refusal?: undefined }
  | { readonly refusal: PutResult };

/** Throws a `ServiceFault` for a request which AWS refuses as a whole. */
export function requirePutLimits(entries: readonly Json[]): void {
  if (entries.length === 0 || entries.length > MOST_ENTRIES) {
    throw new ServiceFault(
      "ValidationException",
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${MOST_ENTRIES}`,
    );
  }
  const bytes = entries.reduce<number>((sum, entry) => sum + (isObject(entry) ? entryBytes(entry) : 0), 0);
  if (bytes > MOST_BYTES) {
    throw new ServiceFault("ValidationException", "Total size of the entries in the request is over the limit.");
  }
}

/** How EventBridge counts: time 14 bytes, and source, detail type, detail and resources in UTF-8. */
function entryBytes(entry: JsonObject): number {
  const texts = [textMember(entry, "Source"), textMember(entry, "DetailType"), textMember(entry, "Detail")];
  const all = [...texts, ...listMember(entry, "Resources").map(String)];
  const time = entry.Time === undefined ? 0 : 14;
  return all.reduce((sum, text) => sum + Buffer.byteLength(text ?? ""), time);
}

/** Checks one entry as EventBridge does. */
export function acceptEntry(entry: JsonObject, context: EntryContext): AcceptedEntry {
  const [source, detailType, detail] = [
    textMember(entry, "Source"),
    textMember(entry, "DetailType"),
    textMember(entry, "Detail"),
  ];
  if (source === undefined || source === "") return missing("Source");
  if (detailType === undefined || detailType === "") return missing("DetailType");
  if (detail === undefined || detail === "") return missing("Detail");
  if (source.startsWith("aws.")) {
    return refuse("NotAuthorizedForSourceException", "Not authorized for the source.");
  }
  const parsed = parse(detail);
  if (!isObject(parsed)) return refuse("MalformedDetail", "Detail is malformed.");
  const busName = textMember(entry, "EventBusName");
  const busArn = context.knownBus(busName);
  // AWS takes and drops such an event; here the fault shall show.
  if (busArn === undefined) return refuse("ResourceNotFoundException", `Event bus ${busName} does not exist.`);
  const seconds = typeof entry.Time === "number" ? entry.Time * 1000 : context.now;
  return {
    busArn,
    event: {
      version: "0",
      id: randomUUID(),
      "detail-type": detailType,
      source,
      account: context.account,
      time: eventTime(seconds),
      region: context.region,
      resources: listMember(entry, "Resources").map(String),
      detail: parsed,
    },
  };
}

function missing(name: string): AcceptedEntry {
  return refuse("InvalidArgument", `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
}

function refuse(ErrorCode: string, ErrorMessage: string): AcceptedEntry {
  return { refusal: { ErrorCode, ErrorMessage } };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json; // what JSON.parse gives
  } catch {
    return undefined;
  }
}
