import type { ImportFiles, ImportLinks } from "@shangji/core/imports/ports";
import { ImportProblem } from "@shangji/core/imports/problem";
import { sourceName } from "@shangji/core/imports/source-key";

/** Files of imports, in memory. Links are no real addresses. */
export interface MemoryFiles extends ImportFiles, ImportLinks {
  /** What a client does with the upload link. */
  upload(id: string, bytes: Uint8Array | string): void;
  text(id: string, name: string): string | undefined;
}

const pieceBytes = 65_536;

export function memoryFiles(): MemoryFiles {
  const files = new Map<string, { bytes: Uint8Array; etag: string }>();
  let uploads = 0;
  const key = (id: string, name: string) => `${id}/${name}`;
  const put = (id: string, name: string, bytes: Uint8Array) => {
    files.set(key(id, name), { bytes, etag: `"${++uploads}"` });
  };
  const load = async (id: string, name: string) => {
    const file = files.get(key(id, name));
    if (!file) throw new Error(`there is no file ${name}`);
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(file.bytes);
  };
  return {
    upload: (id, bytes) => put(id, sourceName, typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes),
    text(id, name) {
      const file = files.get(key(id, name));
      return file && new TextDecoder("utf-8", { ignoreBOM: true }).decode(file.bytes);
    },
    uploadLink: async (id) => ({ url: `memory:${key(id, sourceName)}`, headers: { "content-type": "text/csv" } }),
    downloadLink: async (id, name) => `memory:${key(id, name)}`,
    async source(id) {
      const file = files.get(key(id, sourceName));
      return file && { bytes: file.bytes.length, etag: file.etag };
    },
    async *read(id, { start, end, etag }) {
      const file = files.get(key(id, sourceName));
      if (file?.etag !== etag) throw new ImportProblem("The file was replaced or removed while it was being read.");
      for (let at = start; at < end; at += pieceBytes) yield file.bytes.subarray(at, Math.min(at + pieceBytes, end));
    },
    save: async (id, name, text) => put(id, name, new TextEncoder().encode(text)),
    load,
    async join(id, name, { head, names, bytes }) {
      const parts = await Promise.all(names.map((part) => load(id, part)));
      const encoder = new TextEncoder();
      const joined = encoder.encode(parts.join(""));
      if (joined.length !== bytes) throw new Error(`the parts have ${joined.length} bytes, not ${bytes}`);
      put(id, name, encoder.encode(head + parts.join("")));
    },
  };
}
