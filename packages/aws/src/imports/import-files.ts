import { Readable } from "node:stream";
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { ImportFiles } from "@shangji/core/imports/ports";
import { ImportProblem } from "@shangji/core/imports/problem";
import { fileKey, sourceName } from "@shangji/core/imports/source-key";
import { clientSettings } from "../client-settings.ts";

/** The bucket of uploads and the client that reaches it. */
export interface Bucket {
  name: string;
  client: S3Client;
}

/**
 * One client per cold start. Checksums only where S3 asks for them: a body that is a stream would have to be sent in chunks
 * for the sake of one.
 */
export function openBucket(name: string): Bucket {
  const client = new S3Client({
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...clientSettings,
  });
  return { name, client };
}

/** Files of imports in a bucket, each import under a prefix of its own. */
export function importFilesIn({ client, name: Bucket }: Bucket): ImportFiles {
  const place = (id: string, name: string) => ({ Bucket, Key: fileKey(id, name) });
  return {
    async source(id) {
      try {
        const { ContentLength = 0, ETag = "" } = await client.send(new HeadObjectCommand(place(id, sourceName)));
        return { bytes: ContentLength, etag: ETag };
      } catch (error) {
        if (error instanceof NotFound || error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async *read(id, { start, end, etag }) {
      if (end <= start) return;
      const Range = `bytes=${start}-${end - 1}`;
      try {
        const { Body } = await client.send(new GetObjectCommand({ ...place(id, sourceName), Range, IfMatch: etag }));
        yield* Body as Readable; // on Node the SDK answers with a Readable
      } catch (error) {
        if (!isReplaced(error)) throw error;
        throw new ImportProblem("The file was replaced or removed while it was being read.");
      }
    },
    async save(id, name, text) {
      await client.send(
        new PutObjectCommand({ ...place(id, name), Body: text, ContentType: "text/plain; charset=utf-8" }),
      );
    },
    async load(id, name) {
      const { Body } = await client.send(new GetObjectCommand(place(id, name)));
      return Buffer.concat(await (Body as Readable).toArray()).toString(); // the SDK's body on Node
    },
    async join(id, name, { head, names, bytes }) {
      const keys = names.map((part) => fileKey(id, part));
      await joinObjects({ client, name: Bucket }, fileKey(id, name), { head, keys, bytes, type: "text/csv" });
    },
  };
}

/**
 * Makes one object of a head and others, which have so many bytes together: read and written as a stream, so that its size does
 * not matter. Answers its size in bytes.
 */
export async function joinObjects(
  { client, name: Bucket }: Bucket,
  Key: string,
  { head, keys, bytes, type }: { head: string; keys: readonly string[]; bytes: number; type: string },
): Promise<number> {
  async function* pieces() {
    yield Buffer.from(head);
    for (const each of keys) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: each }));
      yield* Body as Readable; // the SDK's body on Node
    }
  }
  const ContentLength = Buffer.byteLength(head) + bytes;
  const Body = Readable.from(pieces(), { objectMode: false });
  await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength, ContentType: `${type}; charset=utf-8` }));
  return ContentLength;
}

function isReplaced(error: unknown): boolean {
  return error instanceof S3ServiceException && ["PreconditionFailed", "NoSuchKey"].includes(error.name);
}
