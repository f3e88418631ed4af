import type { ImportFiles } from "@shangji/core/imports/ports";
import { describe, expect, test } from "vitest";

/** A store of files under test, and a way to upload that passes the link by. */
export interface OpenFiles {
  files: ImportFiles;
  upload(id: string, bytes: Uint8Array): Promise<void>;
}

const id = "imp_01JD7Z3Q5V9W0X2Y4Z6A8B0C1D";

async function bytesOf(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const read: Uint8Array[] = [];
  for await (const part of parts) read.push(part);
  return Buffer.concat(read);
}

/** What every store of an import's files promises. `open` gives an empty one. */
export function importFilesConformance(name: string, open: () => Promise<OpenFiles>): void {
  describe(name, () => {
    test("an upload is found with its size, and any range of it is read exactly", async () => {
      const { files, upload } = await open();
      expect(await files.source(id)).toBeUndefined();
      const bytes = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251);
      await upload(id, bytes);
      const source = await files.source(id);
      expect(source?.bytes).toBe(200_000);
      const etag = source?.etag ?? "";
      for (const [start, end] of [
        [0, 200_000],
        [0, 1],
        [70_000, 140_001],
        [199_999, 200_000],
        [5, 5],
      ] as const) {
        const read = await bytesOf(files.read(id, { start, end, etag }));
        expect(read.equals(Buffer.from(bytes.subarray(start, end))), `${start}-${end}`).toBe(true);
      }
    });

    test("reading ends when another file has taken the place of the one that was looked at", async () => {
      const { files, upload } = await open();
      await upload(id, Uint8Array.of(1, 2, 3));
      const etag = (await files.source(id))?.etag ?? "";
      await upload(id, Uint8Array.of(4, 5, 6));
      const reading = bytesOf(files.read(id, { start: 0, end: 3, etag }));
      await expect(reading).rejects.toThrow("replaced or removed");
    });

    test("a small file is written over and read back, in any script", async () => {
      const { files } = await open();
      await files.save(id, "plan.json", "first");
      await files.save(id, "plan.json", "\uFEFF商机 second");
      expect(await files.load(id, "plan.json")).toBe("\uFEFF商机 second");
    });

    test("files are joined behind a head, in their order, and a second time over the first", async () => {
      const { files } = await open();
      const line = "商,机\r\n".repeat(20_000);
      await files.save(id, "errors/1.csv", line);
      await files.save(id, "errors/2.csv", "last");
      const bytes = Buffer.byteLength(line) + 4;
      for (const head of ["old", "\uFEFFhead\r\n"]) {
        await files.join(id, "errors.csv", { head, names: ["errors/1.csv", "errors/2.csv"], bytes });
      }
      expect(await files.load(id, "errors.csv")).toBe(`\uFEFFhead\r\n${line}last`);
    });
  });
}
