import type { AwsRequest, CalledAction } from "./called-actions.ts";

/** IAM questions of an S3 request, from verb, path and query; both path style and `<bucket>.s3…` hosts. */
export function s3Calls(request: AwsRequest): CalledAction[] {
  const [path = "", search = ""] = request.path.split("?");
  const query = new URLSearchParams(search);
  const { bucket, key } = locate(request.host, path);
  if (bucket === "") return [{ action: "s3:ListAllMyBuckets", resource: "*" }];
  const bucketArn = `arn:aws:s3:::${bucket}`;
  if (key === "") return [bucketCall(request, bucketArn, query)];
  const calls = [{ action: `s3:${objectAction(request.method, query)}`, resource: `${bucketArn}/${key}` }];
  const source = request.header("x-amz-copy-source");
  if (source !== undefined) {
    const [copied = ""] = decodeURIComponent(source).replace(/^\//, "").split("?");
    calls.push({ action: "s3:GetObject", resource: `arn:aws:s3:::${copied}` });
  }
  return calls;
}

function locate(host: string, path: string): { bucket: string; key: string } {
  const whole = decodeURIComponent(path.replace(/^\//, ""));
  const virtual = /^(.+?)\.(?:s3[.-].*amazonaws\.com|localhost)$/.exec(host)?.[1];
  if (virtual !== undefined) return { bucket: virtual, key: whole };
  const slash = whole.indexOf("/");
  return slash < 0 ? { bucket: whole, key: "" } : { bucket: whole.slice(0, slash), key: whole.slice(slash + 1) };
}

function bucketCall(request: AwsRequest, bucketArn: string, query: URLSearchParams): CalledAction {
  // DeleteObjects names its keys in the body, which is not read here: the grant must cover the whole bucket.
  if (request.method === "POST" && query.has("delete"))
    return { action: "s3:DeleteObject", resource: `${bucketArn}/*` };
  if (query.has("uploads")) return { action: "s3:ListBucketMultipartUploads", resource: bucketArn };
  if (query.has("location")) return { action: "s3:GetBucketLocation", resource: bucketArn };
  if (request.method === "GET" || request.method === "HEAD") return { action: "s3:ListBucket", resource: bucketArn };
  throw new Error(`the local cloud does not know how to check s3 ${request.method} on a bucket`);
}

function objectAction(method: string, query: URLSearchParams): string {
  const subject = query.has("tagging") ? "ObjectTagging" : query.has("acl") ? "ObjectAcl" : "Object";
  switch (method) {
    case "GET":
      return query.has("uploadId") ? "ListMultipartUploadParts" : `Get${subject}`;
    case "HEAD":
      return "GetObject";
    case "DELETE":
      return query.has("uploadId") ? "AbortMultipartUpload" : `Delete${subject}`;
    // Starting, filling and completing a multipart upload are all PutObject.
    default:
      return `Put${subject}`;
  }
}
