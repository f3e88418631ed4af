import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Bucket, StoredObject, Upload } from "./bucket.ts";
import type { StoredBody } from "./receive-body.ts";
import { S3Fault } from "./s3-fault.ts";

/** Every part but the last one has at least this size. */
const LEAST_PART_BYTES = 5 * 1024 * 1024;

/** A part as CompleteMultipartUpload names it. */
export interface NamedPart {
  readonly number: number;
  readonly etag: string;
}

export function beginUpload(bucket: Bucket, key: string, headers: Upload["headers"]): string {
  const id = randomUUID();
  bucket.uploads.set(id, { key, headers, parts: {} });
  return id;
}

/** The upload with this id for this key; throws `NoSuchUpload`. */
export function findUpload(bucket: Bucket, id: string, key: string): Upload {
  const upload = bucket.uploads.get(id);
  if (upload?.key === key) return upload;
  throw new S3Fault(404, "NoSuchUpload", "The specified multipart upload does not exist.", { UploadId: id });
}

export async function addPart(bucket: Bucket, id: string, number: number, body: StoredBody): Promise<void> {
  const upload = bucket.uploads.get(id);
  if (upload === undefined) {
    await bucket.discard(body);
    throw new S3Fault(404, "NoSuchUpload", "The upload was aborted meanwhile.", { UploadId: id });
  }
  const old = upload.parts[number];
  bucket.uploads.set(id, { ...upload, parts: { ...upload.parts, [number]: body } });
  if (old !== undefined) await bucket.discard(old);
}

/** Joins the named parts to one object. Throws `InvalidPart`, `InvalidPartOrder` or `EntityTooSmall`. */
export async function completeUpload(
  bucket: Bucket,
  id: string,
  named: readonly NamedPart[],
  modifiedAt: number,
): Promise<StoredObject> {
  const upload = bucket.uploads.get(id);
  if (upload === undefined || named.length === 0)
    throw new S3Fault(400, "MalformedXML", "You must specify at least one part");
  const parts = named.map(({ number, etag }, at) => {
    const part = upload.parts[number];
    if (part?.etag !== etag) {
      throw new S3Fault(400, "InvalidPart", "One or more of the specified parts could not be found.", {
        PartNumber: String(number),
      });
    }
    if (at > 0 && number <= (named[at - 1]?.number ?? 0)) {
      throw new S3Fault(400, "InvalidPartOrder", "The list of parts was not in ascending order.");
    }
    if (at < named.length - 1 && part.size < LEAST_PART_BYTES) {
      throw new S3Fault(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed object size.");
    }
    return part;
  });
  const file = randomUUID();
  const path = join(bucket.folder, file);
  try {
    for (const part of parts)
      await pipeline(createReadStream(bucket.pathOf(part)), createWriteStream(path, { flags: "a" }));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  const digest = createHash("md5");
  for (const part of parts) digest.update(Buffer.from(part.etag, "hex"));
  return {
    file,
    size: parts.reduce((sum, { size }) => sum + size, 0),
    etag: `${digest.digest("hex")}-${parts.length}`,
    checksums: {},
    modifiedAt,
    headers: upload.headers,
  };
}

export async function discardUpload(bucket: Bucket, id: string): Promise<void> {
  const parts = Object.values(bucket.uploads.get(id)?.parts ?? {});
  bucket.uploads.delete(id);
  for (const part of parts) await bucket.discard(part);
}
