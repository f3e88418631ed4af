import { createReadStream } from "node:fs";
import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Bucket, StoredObject } from "./bucket.ts";
import { S3Fault } from "./s3-fault.ts";
import type { S3Request } from "./s3-request.ts";

/** GetObject and HeadObject, with ranges, conditions and overridden headers. */
export async function readObject(request: S3Request, bucket: Bucket, response: ServerResponse): Promise<void> {
  const object = bucket.get(request.key);
  if (object === undefined) throw noSuchKey(request.key);
  if (!conditionsHold(request, object)) {
    response.writeHead(304, { etag: `"${object.etag}"` }).end();
    return;
  }
  const range = parseRange(request.header("range"), object.size);
  for (const [name, value] of Object.entries(objectHeaders(object))) response.setHeader(name, value);
  for (const [name, value] of request.query) {
    if (name.startsWith("response-")) response.setHeader(name.slice("response-".length), value);
  }
  // The checksum is of the whole object, so a part goes without.
  if (range === undefined && request.header("x-amz-checksum-mode")?.toUpperCase() === "ENABLED") {
    for (const [name, value] of Object.entries(object.checksums)) response.setHeader(name, value);
    if (Object.keys(object.checksums).length > 0) response.setHeader("x-amz-checksum-type", "FULL_OBJECT");
  }
  const { start, end } = range ?? { start: 0, end: object.size - 1 };
  response.setHeader("content-length", end - start + 1);
  if (range !== undefined) response.setHeader("content-range", `bytes ${start}-${end}/${object.size}`);
  response.writeHead(range === undefined ? 200 : 206);
  if (request.method === "HEAD" || end < start) response.end();
  else await pipeline(createReadStream(bucket.pathOf(object), { start, end }), response);
}

export function noSuchKey(key: string): S3Fault {
  return new S3Fault(404, "NoSuchKey", "The specified key does not exist.", { Key: key });
}

export function objectHeaders(object: StoredObject): Record<string, string> {
  return {
    "accept-ranges": "bytes",
    "content-type": "binary/octet-stream",
    ...object.headers,
    etag: `"${object.etag}"`,
    "last-modified": new Date(object.modifiedAt).toUTCString(),
  };
}

/** False = the reader has it already; a failed precondition throws. */
function conditionsHold(request: S3Request, object: StoredObject): boolean {
  const ifMatch = request.header("if-match");
  if (ifMatch !== undefined && !names(ifMatch, object)) {
    throw new S3Fault(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", {
      Condition: "If-Match",
    });
  }
  const ifNoneMatch = request.header("if-none-match");
  return ifNoneMatch === undefined || !names(ifNoneMatch, object);
}

function names(tags: string, { etag }: StoredObject): boolean {
  return tags.split(",").some((tag) => tag.trim() === "*" || tag.trim().replaceAll('"', "") === etag);
}

/** A range that is no single byte range counts as none. */
function parseRange(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (parts === null || (parts[1] === "" && parts[2] === "")) return undefined;
  const [, from = "", to = ""] = parts;
  const start = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (start >= size || end < start) {
    throw new S3Fault(416, "InvalidRange", "The requested range is not satisfiable", {
      ActualObjectSize: String(size),
    });
  }
  return { start, end };
}
