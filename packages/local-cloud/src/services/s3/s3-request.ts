import type { IncomingMessage } from "node:http";

/** An S3 request taken apart. */
export interface S3Request {
  readonly raw: IncomingMessage;
  readonly method: string;
  /** Path as it was sent, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Empty for a request about no bucket. */
  readonly bucket: string;
  /** Empty for a request about a bucket. */
  readonly key: string;
  /** A header; for a presigned request also an `x-amz-…` parameter of the query, which S3 takes for a header. */
  header(name: string): string | undefined;
}

/** Reads path style (`/bucket/key`) and virtual-host style (`bucket.host/key`) requests. */
export function parseS3Request(raw: IncomingMessage, isBucket: (name: string) => boolean): S3Request {
  const [path = "/", search = ""] = splitOnce(raw.url ?? "/", "?");
  const query = new URLSearchParams(search);
  const decoded = decodeURIComponent(path.slice(1));
  const host = (raw.headers.host ?? "").replace(/:\d+$/, "");
  const virtual = virtualBucket(host, isBucket);
  const [bucket = "", key = ""] = virtual === undefined ? splitOnce(decoded, "/") : [virtual, decoded];
  const hoisted = new Map<string, string>();
  if (query.has("X-Amz-Signature")) for (const [name, value] of query) hoisted.set(name.toLowerCase(), value);
  return {
    raw,
    method: raw.method ?? "GET",
    path,
    query,
    bucket,
    key,
    header(name) {
      const value = raw.headers[name];
      return (
        (Array.isArray(value) ? value.join(",") : value) ?? (name.startsWith("x-amz-") ? hoisted.get(name) : undefined)
      );
    },
  };
}

/** Bucket names may hold dots, so every prefix of the host is tried. */
function virtualBucket(host: string, isBucket: (name: string) => boolean): string | undefined {
  for (let dot = host.lastIndexOf("."); dot > 0; dot = host.lastIndexOf(".", dot - 1)) {
    if (isBucket(host.slice(0, dot))) return host.slice(0, dot);
  }
  return undefined;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
