import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchBucket,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLocalClock, type LocalClock } from "../../clock/local-clock.ts";
import type { LocalService } from "../../service.ts";
import { clientConfig } from "../testing/client-config.ts";
import { type ScratchCloudOptions, scratchCloud } from "../testing/scratch-cloud.ts";
import { createBucketService } from "./bucket-service.ts";

const Bucket = "uploads";
const resources = [
  {
    type: "AWS::S3::Bucket",
    logicalId: "Uploads",
    properties: {
      BucketName: Bucket,
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      CorsConfiguration: {
        CorsRules: [
          {
            AllowedOrigins: ["https://*.example.com"],
            AllowedMethods: ["PUT"],
            AllowedHeaders: ["content-*"],
            ExposedHeaders: ["ETag"],
            MaxAge: 60,
          },
        ],
      },
    },
  },
  { type: "AWS::S3::Bucket", logicalId: "Quiet", properties: { BucketName: "quiet" } },
];

let service: LocalService;
let s3: S3Client;
let clock: LocalClock;
const told: { readonly detailType: string; readonly detail: object }[] = [];

async function start(options: ScratchCloudOptions = {}): Promise<void> {
  clock = createLocalClock();
  service = createBucketService({
    put: () => [],
    putAwsEvent: ({ detailType, detail }) => void told.push({ detailType, detail }),
    busArn: () => "",
  });
  await service.start(scratchCloud({ resources, clock, ...options }));
  s3 = new S3Client(clientConfig(service.endpoint ?? ""));
}

beforeEach(async () => {
  told.length = 0;
  await start();
});
afterEach(async () => {
  s3.destroy();
  await service.stop();
});

const put = (Key: string, Body: string | Buffer | Readable, more = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = async (Key: string, more = {}) => {
  const { Body, ...rest } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return { ...rest, text: await Body?.transformToString() };
};

describe("objects", () => {
  it("give back body, type, metadata and the MD5 as ETag", async () => {
    const { ETag } = await put("a/ü b+c.csv", "héllo", { ContentType: "text/csv", Metadata: { kind: "test" } });
    const object = await get("a/ü b+c.csv");
    expect(object).toMatchObject({ text: "héllo", ContentType: "text/csv", Metadata: { kind: "test" }, ETag });
    expect(ETag).toBe(`"${createHash("md5").update("héllo").digest("hex")}"`);
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "a/ü b+c.csv" }));
    expect(head.ContentLength).toBe(6);
  });

  it("take a stream of unknown checksum in chunks with a trailer", async () => {
    const body = randomBytes(3 * 1024 * 1024);
    const pieces = Array.from({ length: 48 }, (_, at) => body.subarray(at * 65_536, (at + 1) * 65_536));
    await put("stream", Readable.from(pieces), { ContentLength: body.length });
    const { Body, ContentLength, ContentEncoding } = await s3.send(new GetObjectCommand({ Bucket, Key: "stream" }));
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
    expect(ContentLength).toBe(body.length);
    expect(ContentEncoding).toBeUndefined();
  });

  it("accept encryption headers", async () => {
    await put("secret", "x", { ServerSideEncryption: "aws:kms", SSEKMSKeyId: "key" });
    expect((await get("secret")).text).toBe("x");
  });

  it.each([
    ["bytes=2-4", "234", "bytes 2-4/10"],
    ["bytes=7-", "789", "bytes 7-9/10"],
    ["bytes=-2", "89", "bytes 8-9/10"],
    ["bytes=8-99", "89", "bytes 8-9/10"],
  ])("answer the range %s", async (Range, text, ContentRange) => {
    await put("digits", "0123456789");
    expect(await get("digits", { Range })).toMatchObject({ text, ContentRange });
  });

  it("refuse a range behind the end", async () => {
    await put("digits", "0123456789");
    await expect(get("digits", { Range: "bytes=10-" })).rejects.toMatchObject({ name: "InvalidRange" });
  });

  it("honour conditions on reads and writes", async () => {
    const { ETag } = await put("once", "1", { IfNoneMatch: "*" });
    await expect(put("once", "2", { IfNoneMatch: "*" })).rejects.toMatchObject({ name: "PreconditionFailed" });
    await expect(get("once", { IfMatch: '"other"' })).rejects.toMatchObject({ name: "PreconditionFailed" });
    await expect(get("once", { IfNoneMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  });

  it("refuse a body that does not fit its checksum, and keep the old object", async () => {
    await put("kept", "old");
    await expect(
      put("kept", "new", { ChecksumSHA256: createHash("sha256").update("x").digest("base64") }),
    ).rejects.toMatchObject({
      name: "BadDigest",
    });
    expect((await get("kept")).text).toBe("old");
  });

  it("can be copied and deleted, one by one and many at once", async () => {
    await put("a", "1");
    await s3.send(new CopyObjectCommand({ Bucket, Key: "b", CopySource: `${Bucket}/a` }));
    expect((await get("b")).text).toBe("1");
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    await expect(get("a")).rejects.toBeInstanceOf(NoSuchKey);
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "b" }, { Key: "none" }] } }));
    await expect(get("b")).rejects.toBeInstanceOf(NoSuchKey);
  });

  it("are listed in order, by prefix, by folder and in pages", async () => {
    for (const key of ["b/2", "a", "b/1", "b/c/3", "d"]) await put(key, key);
    const list = (more = {}) => s3.send(new ListObjectsV2Command({ Bucket, ...more }));
    expect((await list()).Contents?.map(({ Key }) => Key)).toEqual(["a", "b/1", "b/2", "b/c/3", "d"]);
    const folder = await list({ Prefix: "b/", Delimiter: "/" });
    expect(folder.Contents?.map(({ Key }) => Key)).toEqual(["b/1", "b/2"]);
    expect(folder.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(["b/c/"]);
    const first = await list({ MaxKeys: 2, Delimiter: "/" });
    expect(first.IsTruncated).toBe(true);
    const second = await list({ Delimiter: "/", ContinuationToken: first.NextContinuationToken });
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(["d"]);
    expect(second.CommonPrefixes).toBeUndefined();
  });

  it("of an unknown bucket do not exist", async () => {
    await expect(s3.send(new PutObjectCommand({ Bucket: "nothing", Key: "a", Body: "x" }))).rejects.toMatchObject({
      name: "NoSuchBucket",
    });
    await expect(s3.send(new ListObjectsV2Command({ Bucket: "nothing" }))).rejects.toBeInstanceOf(NoSuchBucket);
  });
});

describe("multipart uploads", () => {
  const begin = async () =>
    (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "big", ContentType: "text/x" }))).UploadId;
  const part = async (UploadId: string | undefined, PartNumber: number, Body: Buffer) => {
    const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key: "big", UploadId, PartNumber, Body }));
    return { ETag, PartNumber };
  };
  const complete = (UploadId: string | undefined, Parts: { ETag: string | undefined; PartNumber: number }[]) =>
    s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: "big", UploadId, MultipartUpload: { Parts } }));
  const five = randomBytes(5 * 1024 * 1024);

  it("become one object", async () => {
    const id = await begin();
    const second = await part(id, 2, Buffer.from("tail"));
    const first = await part(id, 1, five);
    const { ETag } = await complete(id, [first, second]);
    expect(ETag).toMatch(/-2"$/);
    const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket, Key: "big" }));
    expect(
      Buffer.from((await Body?.transformToByteArray()) ?? []).equals(Buffer.concat([five, Buffer.from("tail")])),
    ).toBe(true);
    expect(ContentType).toBe("text/x");
    expect(told.at(-1)).toMatchObject({
      detail: { reason: "CompleteMultipartUpload", object: { size: five.length + 4 } },
    });
  });

  it("refuse unknown parts, wrong order and small parts", async () => {
    const id = await begin();
    const one = await part(id, 1, Buffer.from("small"));
    const two = await part(id, 2, Buffer.from("small"));
    await expect(complete(id, [one, two])).rejects.toMatchObject({ name: "EntityTooSmall" });
    await expect(complete(id, [two, one])).rejects.toMatchObject({ name: /InvalidPartOrder|EntityTooSmall/ });
    await expect(complete(id, [{ ETag: '"x"', PartNumber: 3 }])).rejects.toMatchObject({ name: "InvalidPart" });
  });

  it("leave nothing when aborted", async () => {
    const id = await begin();
    await part(id, 1, five);
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: "big", UploadId: id }));
    await expect(part(id, 2, five)).rejects.toMatchObject({ name: "NoSuchUpload" });
    await expect(get("big")).rejects.toBeInstanceOf(NoSuchKey);
  });
});

describe("presigned URLs", () => {
  const signer = (accessKeyId = "AKIAfiles") =>
    new S3Client({ ...clientConfig(service.endpoint ?? "", accessKeyId), requestChecksumCalculation: "WHEN_REQUIRED" });
  const putUrl = (more = {}, options = {}) =>
    getSignedUrl(signer(), new PutObjectCommand({ Bucket, Key: "in/source.csv", ContentType: "text/csv", ...more }), {
      expiresIn: 60,
      signableHeaders: new Set(["content-type", "content-length", "host"]),
      ...options,
    });
  const upload = (url: string, body: string, type = "text/csv") =>
    fetch(url, { method: "PUT", body, headers: { "content-type": type } });
  const refusal = async (response: Response): Promise<string> =>
    `${response.status} ${/<Code>(.*)<\/Code>/.exec(await response.text())?.[1]}`;

  it("let their holder upload and download", async () => {
    expect((await upload(await putUrl(), "a,b\n")).status).toBe(200);
    const url = await getSignedUrl(
      signer(),
      new GetObjectCommand({
        Bucket,
        Key: "in/source.csv",
        ResponseContentDisposition: 'attachment; filename="x.csv"',
      }),
    );
    const response = await fetch(url);
    expect(await response.text()).toBe("a,b\n");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="x.csv"');
  });

  it("work for keys with characters that need encoding", async () => {
    await put("ü (1)+'x'.csv", "odd");
    const url = await getSignedUrl(signer(), new GetObjectCommand({ Bucket, Key: "ü (1)+'x'.csv" }));
    expect(await (await fetch(url)).text()).toBe("odd");
  });

  it("end on the local clock", async () => {
    const url = await putUrl();
    clock.advance("PT61S");
    expect(await refusal(await upload(url, "x"))).toBe("403 AccessDenied");
  });

  it.each<[string, (url: string) => string]>([
    ["another key", (url) => url.replace("source.csv", "other.csv")],
    ["a longer life", (url) => url.replace("X-Amz-Expires=60", "X-Amz-Expires=600")],
    ["another signature", (url) => url.replace(/X-Amz-Signature=\w{8}/, "X-Amz-Signature=00000000")],
    ["a further parameter", (url) => `${url}&x-amz-meta-a=b`],
    ["a shorter list of signed headers", (url) => url.replace(/X-Amz-SignedHeaders=[^&]*/, "X-Amz-SignedHeaders=host")],
  ])("do not stand %s", async (_, tamper) => {
    expect(await refusal(await upload(tamper(await putUrl()), "x"))).toBe("403 SignatureDoesNotMatch");
  });

  it("hold for their method only", async () => {
    expect(await refusal(await fetch(await putUrl(), { headers: { "content-type": "text/csv" } }))).toBe(
      "403 SignatureDoesNotMatch",
    );
  });

  it("enforce a signed content type and length", async () => {
    expect(await refusal(await upload(await putUrl(), "x", "text/html"))).toBe("403 SignatureDoesNotMatch");
    const url = await putUrl({ ContentLength: 4 });
    expect(await refusal(await upload(url, "longer"))).toBe("403 SignatureDoesNotMatch");
    expect((await upload(url, "four")).status).toBe(200);
  });

  it("enforce a signed checksum", async () => {
    const withChecksum = new S3Client(clientConfig(service.endpoint ?? "", "AKIAfiles"));
    const url = await getSignedUrl(
      withChecksum,
      new PutObjectCommand({ Bucket, Key: "c", Body: "right", ChecksumAlgorithm: "CRC32" }),
    );
    expect(await refusal(await fetch(url, { method: "PUT", body: "wrong" }))).toBe("400 BadDigest");
  });

  it("refuse headers that act on S3 and are not signed", async () => {
    const response = await fetch(await putUrl(), {
      method: "PUT",
      body: "x",
      headers: { "content-type": "text/csv", "x-amz-meta-owner": "me" },
    });
    expect(await refusal(response)).toBe("403 AccessDenied");
  });

  it("of a key that no role has are refused", async () => {
    const url = await getSignedUrl(signer("stranger"), new PutObjectCommand({ Bucket, Key: "a" }));
    expect(await refusal(await fetch(url, { method: "PUT", body: "x" }))).toBe("403 InvalidAccessKeyId");
  });

  it("can do no more than the role that signed them", async () => {
    s3.destroy();
    await service.stop();
    const asked: string[] = [];
    await start({
      allowed: (role, action, resource) => {
        asked.push(`${role.split("/")[1]} ${action} ${resource}`);
        return false;
      },
    });
    expect(await refusal(await upload(await putUrl(), "x"))).toBe("403 AccessDenied");
    expect(asked).toEqual([`files-role s3:PutObject arn:aws:s3:::${Bucket}/in/source.csv`]);
  });

  it("are needed by whoever has no credentials", async () => {
    await put("private", "x");
    expect(await refusal(await fetch(`${service.endpoint}/${Bucket}/private`))).toBe("403 AccessDenied");
  });
});

describe("events", () => {
  it("tell the bus what was created, in AWS's shape", async () => {
    await put("imports/1/source.csv", "abc");
    expect(told).toEqual([
      {
        detailType: "Object Created",
        detail: {
          version: "0",
          bucket: { name: Bucket },
          object: {
            key: "imports/1/source.csv",
            size: 3,
            etag: createHash("md5").update("abc").digest("hex"),
            sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
          },
          "request-id": expect.stringMatching(/^[0-9A-F]{16}$/),
          requester: "000000000000",
          "source-ip-address": "127.0.0.1",
          reason: "PutObject",
        },
      },
    ]);
  });

  it("stay with a bucket that was not told to notify", async () => {
    await s3.send(new PutObjectCommand({ Bucket: "quiet", Key: "a", Body: "x" }));
    expect(told).toEqual([]);
  });
});

describe("CORS", () => {
  const preflight = (origin: string, headers: string) =>
    fetch(`${service.endpoint}/${Bucket}/a`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "PUT", "access-control-request-headers": headers },
    });

  it("allows what a rule of the bucket allows", async () => {
    const response = await preflight("https://app.example.com", "content-type");
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
    expect(response.headers.get("access-control-max-age")).toBe("60");
  });

  it("refuses other origins and headers", async () => {
    expect((await preflight("https://example.org", "content-type")).status).toBe(403);
    expect((await preflight("https://app.example.com", "x-other")).status).toBe(403);
  });
});

it("serves virtual-host style too", async () => {
  await put("a/b", "virtual");
  const http = await import("node:http");
  const { port } = new URL(service.endpoint ?? "");
  const text = await new Promise<string>((resolve) => {
    http.get(
      { host: "127.0.0.1", port, path: "/a/b", headers: { host: `${Bucket}.localhost:${port}`, authorization: "x" } },
      (response) => {
        let body = "";
        response.on("data", (chunk) => {
          body += chunk;
        });
        response.on("end", () => resolve(body));
      },
    );
  });
  expect(text).toBe("virtual");
});

it("keeps objects and its port over a restart, and nothing without a folder", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "s3-"));
  s3.destroy();
  await service.stop();
  await start({ dataDir });
  await put("kept", "still here");
  const { endpoint } = service;
  s3.destroy();
  await service.stop();
  await start({ dataDir });
  expect(service.endpoint).toBe(endpoint);
  expect((await get("kept")).text).toBe("still here");
  expect(existsSync(join(dataDir, "s3", Bucket))).toBe(true);
  rmSync(dataDir, { recursive: true });
});
