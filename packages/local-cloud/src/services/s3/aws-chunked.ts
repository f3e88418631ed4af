import { Transform, type TransformCallback } from "node:stream";
import { S3Fault } from "./s3-fault.ts";

const CR_LF = Buffer.from("\r\n");
/** A chunk's head or a trailer line is never longer. */
const MOST_LINE_BYTES = 8 * 1024;

/**
 * Takes the `aws-chunked` encoding off a body: data passes through, trailers (checksums) are collected under lower-case
 * names. Signatures of chunks are not verified. Fails with an `S3Fault` for a broken or cut-off encoding.
 */
export class AwsChunkedDecoder extends Transform {
  readonly trailers = new Map<string, string>();
  #rest: Buffer = Buffer.alloc(0);
  #left = 0;
  #part: "size" | "data" | "data-end" | "trailers" | "end" = "size";

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    try {
      while (this.#step());
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  override _flush(done: TransformCallback): void {
    const ended = this.#part === "end" || this.#part === "trailers";
    done(ended ? null : new S3Fault(400, "IncompleteBody", "The request body terminated unexpectedly"));
  }

  /** Works off one piece of the buffer; false if it must wait for more. */
  #step(): boolean {
    if (this.#part === "end") return false;
    if (this.#part === "data") {
      const data = this.#rest.subarray(0, this.#left);
      this.#rest = this.#rest.subarray(data.length);
      this.#left -= data.length;
      if (data.length > 0) this.push(data);
      if (this.#left > 0) return false;
      this.#part = "data-end";
      return true;
    }
    const line = this.#line();
    if (line === undefined) return false;
    if (this.#part === "size") this.#begin(line);
    else if (this.#part === "data-end") this.#part = "size";
    else if (line === "") this.#part = "end";
    else this.#trailer(line);
    return true;
  }

  #begin(line: string): void {
    const [size = ""] = line.split(";");
    if (!/^[0-9a-fA-F]{1,8}$/.test(size)) throw new S3Fault(400, "InvalidRequest", "A chunk has no valid size");
    this.#left = Number.parseInt(size, 16);
    this.#part = this.#left === 0 ? "trailers" : "data";
  }

  #trailer(line: string): void {
    const colon = line.indexOf(":");
    if (colon > 0) this.trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }

  #line(): string | undefined {
    const end = this.#rest.indexOf(CR_LF);
    if (end < 0) {
      if (this.#rest.length > MOST_LINE_BYTES) throw new S3Fault(400, "InvalidRequest", "A chunk's head is too long");
      return undefined;
    }
    const line = this.#rest.toString("latin1", 0, end);
    this.#rest = this.#rest.subarray(end + CR_LF.length);
    return line;
  }
}
