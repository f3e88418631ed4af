import { randomUUID } from "node:crypto";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import type { Bucket, StoredObject } from "./bucket.ts";
import { noSuchKey } from "./read-object.ts";
import { receiveBody } from "./receive-body.ts";
import { S3Fault } from "./s3-fault.ts";
import type { S3Request } from "./s3-request.ts";

const KEPT_HEADERS = ["content-type", "cache-control", "content-disposition", "content-language", "expires"];

/** Headers of an upload that come back with the object. Server-side encryption is accepted and without effect. */
export function keptHeaders(request: S3Request): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = request.header(name);
    if (value !== undefined) kept[name] = value;
  }
  const encoding = (request.header("content-encoding") ?? "").split(",").map((part) => part.trim());
  const own = encoding.filter((part) => part !== "" && part !== "aws-chunked").join(",");
  if (own !== "") kept["content-encoding"] = own;
  const metadata = [...Object.keys(request.raw.headers), ...request.query.keys()].filter((name) =>
    /^x-amz-meta-/i.test(name),
  );
  for (const name of metadata) kept[name.toLowerCase()] = request.header(name.toLowerCase()) ?? "";
  return kept;
}

/** PutObject: the old object stays until the new one is there as a whole. */
export async function putObject(request: S3Request, bucket: Bucket, modifiedAt: number): Promise<StoredObject> {
  requireWriteConditions(request, bucket);
  const body = await receiveBody(request, bucket.folder);
  try {
    // Again, since another writer may have been faster.
    requireWriteConditions(request, bucket);
  } catch (error) {
    await bucket.discard(body);
    throw error;
  }
  const object: StoredObject = { ...body, modifiedAt, headers: keptHeaders(request) };
  await bucket.put(request.key, object);
  return object;
}

/** CopyObject. */
export async function copyObject(
  request: S3Request,
  bucket: Bucket,
  {
    source,
    modifiedAt,
  }: { readonly source: { readonly bucket: Bucket; readonly key: string }; readonly modifiedAt: number },
): Promise<StoredObject> {
  const original = source.bucket.get(source.key);
  if (original === undefined) throw noSuchKey(source.key);
  const file = randomUUID();
  await copyFile(source.bucket.pathOf(original), join(bucket.folder, file));
  const replaced = request.header("x-amz-metadata-directive") === "REPLACE";
  const object: StoredObject = {
    ...original,
    file,
    modifiedAt,
    headers: replaced ? keptHeaders(request) : original.headers,
  };
  await bucket.put(request.key, object);
  return object;
}

function requireWriteConditions(request: S3Request, bucket: Bucket): void {
  const current = bucket.get(request.key);
  const ifMatch = request.header("if-match")?.replaceAll('"', "");
  const fails =
    (request.header("if-none-match") === "*" && current !== undefined) ||
    (ifMatch !== undefined && ifMatch !== current?.etag);
  if (!fails) return;
  throw new S3Fault(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
}
