import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { XMLParser } from "fast-xml-parser";
import type { CloudContext } from "../../service.ts";
import type { EventSink } from "../events/event-sink.ts";
import type { Bucket, StoredObject } from "./bucket.ts";
import { type ObjectChange, tellCreated, tellDeleted } from "./bucket-events.ts";
import { applyCors } from "./cors.ts";
import { listObjects } from "./list-objects.ts";
import { addPart, beginUpload, completeUpload, discardUpload, findUpload, type NamedPart } from "./multipart.ts";
import { authorize } from "./presigned.ts";
import { readObject } from "./read-object.ts";
import { receiveBody } from "./receive-body.ts";
import { S3Fault } from "./s3-fault.ts";
import { parseS3Request, type S3Request } from "./s3-request.ts";
import { copyObject, keptHeaders, putObject } from "./write-object.ts";
import { xmlDocument } from "./xml.ts";

export interface S3Ports {
  readonly ctx: CloudContext;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly events: EventSink;
}

interface Exchange extends S3Ports {
  readonly request: S3Request;
  readonly bucket: Bucket;
  readonly response: ServerResponse;
}

/** Answers S3's REST protocol. */
export function s3Handler(ports: S3Ports) {
  return async (raw: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader("x-amz-request-id", randomUUID().replaceAll("-", "").slice(0, 16).toUpperCase());
    try {
      const request = parseS3Request(raw, (name) => ports.buckets.has(name));
      const bucket = ports.buckets.get(request.bucket);
      const allowed = bucket !== undefined && applyCors(bucket.settings.cors, raw, response);
      if (raw.method === "OPTIONS") {
        if (!allowed) throw new S3Fault(403, "AccessForbidden", "CORSResponse: This CORS request is not allowed.");
        response.writeHead(200).end();
        return;
      }
      await authorize(request, ports.ctx);
      if (request.bucket === "") return answerXml(response, listBuckets(ports));
      if (bucket === undefined) throw noSuchBucket(request.bucket);
      const exchange = { ...ports, request, bucket, response };
      await (request.key === "" ? onBucket(exchange) : onObject(exchange));
    } catch (error) {
      answerFault(error, raw, response);
    }
  };
}

async function onBucket({ request, bucket, response, ctx, events }: Exchange): Promise<void> {
  const { method, query } = request;
  if (method === "HEAD") response.writeHead(200, { "x-amz-bucket-region": ctx.deployment.region }).end();
  else if (method === "GET" && query.get("list-type") === "2") answerXml(response, listObjects(request, bucket));
  else if (method === "GET" && query.has("location"))
    answerXml(response, xmlDocument("LocationConstraint", ctx.deployment.region));
  else if (method === "POST" && query.has("delete")) await deleteMany({ request, bucket, response, ctx, events });
  else throw notServed(request);
}

async function onObject(exchange: Exchange): Promise<void> {
  const { request, bucket, response, ctx, events } = exchange;
  const { method, query, key } = request;
  const uploadId = query.get("uploadId");
  if (
    [...query.keys()].some((name) =>
      ["acl", "tagging", "retention", "legal-hold", "torrent", "attributes"].includes(name),
    )
  ) {
    throw notServed(request);
  }
  if (method === "GET" || method === "HEAD") {
    if (uploadId !== null) throw notServed(request);
    await readObject(request, bucket, response);
  } else if (method === "PUT" && uploadId !== null) {
    findUpload(bucket, uploadId, key);
    const body = await receiveBody(request, bucket.folder);
    await addPart(bucket, uploadId, Number(query.get("partNumber")), body);
    response.writeHead(200, { etag: `"${body.etag}"`, ...body.checksums }).end();
  } else if (method === "PUT") {
    await write(exchange);
  } else if (method === "POST" && query.has("uploads")) {
    const UploadId = beginUpload(bucket, key, keptHeaders(request));
    answerXml(
      response,
      xmlDocument("InitiateMultipartUploadResult", { Bucket: bucket.settings.name, Key: key, UploadId }),
    );
  } else if (method === "POST" && uploadId !== null) {
    await complete(exchange, uploadId);
  } else if (method === "DELETE" && uploadId !== null) {
    findUpload(bucket, uploadId, key);
    await discardUpload(bucket, uploadId);
    response.writeHead(204).end();
  } else if (method === "DELETE") {
    if (await bucket.delete(key)) tellDeleted(events, changeOf(exchange, key, "DeleteObject"), ctx.clock.now());
    response.writeHead(204).end();
  } else throw notServed(request);
}

async function write(exchange: Exchange): Promise<void> {
  const { request, bucket, response, ctx, events, buckets } = exchange;
  const source = request.header("x-amz-copy-source");
  const modifiedAt = ctx.clock.now();
  if (source === undefined) {
    const object = await putObject(request, bucket, modifiedAt);
    tellCreated(events, changeOf(exchange, request.key, "PutObject"), object);
    response.writeHead(200, { etag: `"${object.etag}"`, ...object.checksums }).end();
    return;
  }
  const [, from = "", key = ""] = /^\/?([^/]+)\/(.*)$/s.exec(decodeURIComponent(source)) ?? [];
  const sourceBucket = buckets.get(from);
  if (sourceBucket === undefined) throw noSuchBucket(from);
  const object = await copyObject(request, bucket, { source: { bucket: sourceBucket, key }, modifiedAt });
  tellCreated(events, changeOf(exchange, request.key, "CopyObject"), object);
  answerXml(
    response,
    xmlDocument("CopyObjectResult", { ETag: `"${object.etag}"`, LastModified: new Date(modifiedAt).toISOString() }),
  );
}

async function complete(exchange: Exchange, uploadId: string): Promise<void> {
  const { request, bucket, response, ctx, events } = exchange;
  findUpload(bucket, uploadId, request.key);
  const parsed = await readXml(request);
  const parts = asList(memberOf(memberOf(parsed, "CompleteMultipartUpload"), "Part")).map(
    (part): NamedPart => ({
      number: Number(memberOf(part, "PartNumber")),
      etag: String(memberOf(part, "ETag")).replaceAll('"', ""),
    }),
  );
  const object: StoredObject = await completeUpload(bucket, uploadId, parts, ctx.clock.now());
  await bucket.put(request.key, object);
  await discardUpload(bucket, uploadId);
  tellCreated(events, changeOf(exchange, request.key, "CompleteMultipartUpload"), object);
  answerXml(
    response,
    xmlDocument("CompleteMultipartUploadResult", {
      Location: `http://${request.raw.headers.host}/${bucket.settings.name}/${request.key}`,
      Bucket: bucket.settings.name,
      Key: request.key,
      ETag: `"${object.etag}"`,
    }),
  );
}

async function deleteMany(exchange: Omit<Exchange, "buckets">): Promise<void> {
  const { request, bucket, response, ctx, events } = exchange;
  const parsed = memberOf(await readXml(request), "Delete");
  const keys = asList(memberOf(parsed, "Object")).map((object) => String(memberOf(object, "Key")));
  for (const key of keys) {
    if (await bucket.delete(key)) tellDeleted(events, changeOf(exchange, key, "DeleteObject"), ctx.clock.now());
  }
  const quiet = String(memberOf(parsed, "Quiet")) === "true";
  answerXml(response, xmlDocument("DeleteResult", { Deleted: quiet ? [] : keys.map((Key) => ({ Key })) }));
}

function changeOf({ request, bucket, ctx }: Omit<Exchange, "buckets">, key: string, reason: string): ObjectChange {
  const sourceIp = request.raw.socket.remoteAddress ?? "127.0.0.1";
  return { bucket, key, reason, accountId: ctx.deployment.accountId, sourceIp };
}

function listBuckets({ buckets, ctx }: S3Ports): string {
  return xmlDocument("ListAllMyBucketsResult", {
    Owner: { ID: ctx.deployment.accountId },
    Buckets: { Bucket: [...buckets.keys()].map((Name) => ({ Name, CreationDate: new Date(0).toISOString() })) },
  });
}

const xmlParser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, trimValues: false });
/** A list of 10,000 parts or 1,000 keys is shorter. */
const MOST_XML_BYTES = 2 * 1024 * 1024;

async function readXml({ raw }: S3Request): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of raw) {
    const buffer: Buffer = chunk;
    bytes += buffer.length;
    if (bytes > MOST_XML_BYTES) throw new S3Fault(400, "MalformedXML", "The XML you provided is too long");
    chunks.push(buffer);
  }
  try {
    return xmlParser.parse(Buffer.concat(chunks).toString("utf8"), true);
  } catch {
    throw new S3Fault(400, "MalformedXML", "The XML you provided was not well-formed");
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && name in value ? Reflect.get(value, name) : undefined;
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function answerXml(response: ServerResponse, xml: string): void {
  response.writeHead(200, { "content-type": "application/xml" }).end(xml);
}

function answerFault(error: unknown, raw: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent || raw.errored) {
    response.destroy();
    return;
  }
  // An address that cannot be decoded is the caller's fault as well.
  const fault = error instanceof URIError ? new S3Fault(400, "InvalidURI", "Couldn't parse the specified URI.") : error;
  if (!(fault instanceof S3Fault)) throw fault;
  const body = xmlDocument("Error", { Code: fault.code, Message: fault.message, ...fault.details });
  // Whatever is left of the upload is not wanted.
  raw.resume();
  response.writeHead(fault.status, { "content-type": "application/xml" });
  response.end(raw.method === "HEAD" ? undefined : body);
}

function noSuchBucket(name: string): S3Fault {
  return new S3Fault(404, "NoSuchBucket", "The specified bucket does not exist", { BucketName: name });
}

function notServed({ method, query }: S3Request): S3Fault {
  return new S3Fault(
    501,
    "NotImplemented",
    `The local cloud does not serve ${method} with ${[...query.keys()].join(", ") || "no query"}`,
  );
}
