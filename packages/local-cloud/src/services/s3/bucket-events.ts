import { randomUUID } from "node:crypto";
import type { EventSink } from "../events/event-sink.ts";
import type { Bucket, StoredObject } from "./bucket.ts";

export interface ObjectChange {
  readonly bucket: Bucket;
  readonly key: string;
  /** Operation behind it: `PutObject`, `CompleteMultipartUpload`, `CopyObject`, `DeleteObject`. */
  readonly reason: string;
  readonly accountId: string;
  readonly sourceIp: string;
}

let counter = 0;

/** Grows with every event, so that events of one key can be put in order. */
function nextSequencer(nowMs: number): string {
  counter = (counter + 1) % 0x10000;
  return (BigInt(nowMs) * 0x10000n + BigInt(counter)).toString(16).toUpperCase().padStart(18, "0");
}

/** Tells the default bus that an object was created, if the bucket is set to. */
export function tellCreated(events: EventSink, change: ObjectChange, object: StoredObject): void {
  const { size, etag } = object;
  tell(events, change, "Object Created", { size, etag, nowMs: object.modifiedAt });
}

/** Tells the default bus that an object was deleted, if the bucket is set to. */
export function tellDeleted(events: EventSink, change: ObjectChange, nowMs: number): void {
  tell(events, change, "Object Deleted", { nowMs });
}

function tell(
  events: EventSink,
  { bucket, key, reason, accountId, sourceIp }: ObjectChange,
  detailType: string,
  { nowMs, ...object }: { readonly nowMs: number; readonly size?: number; readonly etag?: string },
): void {
  if (!bucket.settings.notifiesBus) return;
  events.putAwsEvent({
    source: "aws.s3",
    detailType,
    resources: [bucket.settings.arn],
    detail: {
      version: "0",
      bucket: { name: bucket.settings.name },
      object: { key, ...object, sequencer: nextSequencer(nowMs) },
      "request-id": randomUUID().replaceAll("-", "").slice(0, 16).toUpperCase(),
      requester: accountId,
      "source-ip-address": sourceIp,
      reason,
      ...(detailType === "Object Deleted" ? { "deletion-type": "Permanently Deleted" } : {}),
    },
  });
}
