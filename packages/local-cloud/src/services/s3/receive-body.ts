import { createHash, type Hash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32 } from "node:zlib";
import { AwsChunkedDecoder } from "./aws-chunked.ts";
import { S3Fault } from "./s3-fault.ts";
import type { S3Request } from "./s3-request.ts";

/** Bytes on disk. `etag` is the MD5 in hex; `checksums` by header name, in base64. */
export interface StoredBody {
  /** Name of the file in the folder. */
  readonly file: string;
  readonly size: number;
  readonly etag: string;
  readonly checksums: Readonly<Record<string, string>>;
}

/** Largest single upload of S3. */
const MOST_BYTES = 5 * 1024 ** 3;

/**
 * Streams a request's body to a new file and verifies its length and checksums (CRC32, SHA-1, SHA-256, MD5), given as
 * headers or trailers; CRC32C and CRC64NVME are kept unverified. Nothing is left behind on a refusal.
 */
export async function receiveBody(request: S3Request, folder: string): Promise<StoredBody> {
  const file = randomUUID();
  const path = join(folder, file);
  const decoder = isChunked(request) ? new AwsChunkedDecoder() : undefined;
  const meter = new Meter();
  const target = createWriteStream(path);
  try {
    if (decoder === undefined) await pipeline(request.raw, meter, target);
    else await pipeline(request.raw, decoder, meter, target);
    requireLength(request, decoder !== undefined, meter.size);
    const checksums = verifyChecksums(request, decoder?.trailers ?? new Map(), meter);
    return { file, size: meter.size, etag: meter.md5.toString("hex"), checksums };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Measures what passes through. */
class Meter extends Transform {
  size = 0;
  #crc = 0;
  readonly #hashes = { md5: createHash("md5"), sha1: createHash("sha1"), sha256: createHash("sha256") };
  readonly #digests = new Map<Hash, Buffer>();

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error?: Error | null, data?: Buffer) => void,
  ): void {
    this.size += chunk.length;
    if (this.size > MOST_BYTES) {
      done(new S3Fault(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size"));
      return;
    }
    this.#crc = crc32(chunk, this.#crc);
    for (const hash of Object.values(this.#hashes)) hash.update(chunk);
    done(null, chunk);
  }

  get md5(): Buffer {
    return this.#digest(this.#hashes.md5);
  }

  /** By the header that carries it. */
  digests(): Readonly<Record<string, string>> {
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(this.#crc);
    return {
      "content-md5": this.md5.toString("base64"),
      "x-amz-checksum-crc32": crc.toString("base64"),
      "x-amz-checksum-sha1": this.#digest(this.#hashes.sha1).toString("base64"),
      "x-amz-checksum-sha256": this.#digest(this.#hashes.sha256).toString("base64"),
    };
  }

  #digest(hash: Hash): Buffer {
    const digest = this.#digests.get(hash) ?? hash.digest();
    this.#digests.set(hash, digest);
    return digest;
  }
}

function isChunked(request: S3Request): boolean {
  const encodings = (request.header("content-encoding") ?? "").split(",").map((encoding) => encoding.trim());
  return encodings.includes("aws-chunked") || request.header("x-amz-content-sha256")?.startsWith("STREAMING-") === true;
}

function requireLength(request: S3Request, chunked: boolean, size: number): void {
  const announced = request.header(chunked ? "x-amz-decoded-content-length" : "content-length");
  if (announced === undefined || Number(announced) === size) return;
  throw new S3Fault(400, "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length");
}

const CHECKSUMS = ["crc32", "crc32c", "crc64nvme", "sha1", "sha256"].map((name) => `x-amz-checksum-${name}`);

function verifyChecksums(
  request: S3Request,
  trailers: ReadonlyMap<string, string>,
  meter: Meter,
): Record<string, string> {
  const digests = meter.digests();
  const kept: Record<string, string> = {};
  for (const name of ["content-md5", ...CHECKSUMS]) {
    const given = trailers.get(name) ?? request.header(name);
    if (given === undefined) continue;
    const computed = digests[name];
    if (computed !== undefined && computed !== given) {
      throw new S3Fault(
        400,
        "BadDigest",
        `The ${name} you specified (${given}) did not match what we received (${computed}).`,
      );
    }
    if (name !== "content-md5") kept[name] = given;
  }
  const payload = request.header("x-amz-content-sha256") ?? "";
  const sha256 = Buffer.from(digests["x-amz-checksum-sha256"] ?? "", "base64").toString("hex");
  if (/^[0-9a-f]{64}$/.test(payload) && payload !== sha256) {
    throw new S3Fault(
      400,
      "XAmzContentSHA256Mismatch",
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  return kept;
}
