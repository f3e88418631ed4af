import type { Bucket } from "./bucket.ts";
import type { S3Request } from "./s3-request.ts";
import { xmlDocument } from "./xml.ts";

const MOST_KEYS = 1_000;

/** ListObjectsV2, with prefix, delimiter and continuation. */
export function listObjects({ query }: S3Request, bucket: Bucket): string {
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const token = query.get("continuation-token");
  const after = token === null ? (query.get("start-after") ?? "") : Buffer.from(token, "base64url").toString();
  const most = Math.min(Number(query.get("max-keys") ?? MOST_KEYS), MOST_KEYS);
  const encode = query.get("encoding-type") === "url" ? encodeURIComponent : (text: string): string => text;

  const contents: object[] = [];
  const prefixes = new Set<string>();
  let last = "";
  let truncated = false;
  for (const [key, object] of bucket.list(prefix)) {
    const cut = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    const common = cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
    if (Buffer.compare(Buffer.from(key), Buffer.from(after)) <= 0) continue;
    if (common !== undefined && (prefixes.has(common) || after.startsWith(common))) continue;
    if (contents.length + prefixes.size === most) {
      truncated = true;
      break;
    }
    last = common ?? key;
    if (common !== undefined) prefixes.add(common);
    else {
      contents.push({
        Key: encode(key),
        LastModified: new Date(object.modifiedAt).toISOString(),
        ETag: `"${object.etag}"`,
        Size: object.size,
        StorageClass: "STANDARD",
      });
    }
  }
  return xmlDocument("ListBucketResult", {
    Name: bucket.settings.name,
    Prefix: encode(prefix),
    ...(delimiter === "" ? {} : { Delimiter: encode(delimiter) }),
    ...(query.has("encoding-type") ? { EncodingType: "url" } : {}),
    ...(token === null ? {} : { ContinuationToken: token }),
    MaxKeys: most,
    KeyCount: contents.length + prefixes.size,
    IsTruncated: truncated,
    ...(truncated ? { NextContinuationToken: Buffer.from(last).toString("base64url") } : {}),
    Contents: contents as { readonly [name: string]: string }[], // built above
    CommonPrefixes: [...prefixes].map((Prefix) => ({ Prefix: encode(Prefix) })),
  });
}
