import { isUtf8 } from "node:buffer";
import { ImportProblem } from "../problem.ts";
import type { CsvRecord } from "./record-scanner.ts";

export type Encoding = "utf-8" | "gb18030";

/**
 * Looks at the first bytes: answers the length of a UTF-8 mark to leave out.
 * @throws ImportProblem for UTF-16 and for files that are no text at all.
 */
export function markLength(head: Uint8Array): number {
  const startsWith = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte);
  if (startsWith(0xff, 0xfe) || startsWith(0xfe, 0xff)) {
    throw new ImportProblem("The file is UTF-16. Save it as “CSV UTF-8” and upload that.");
  }
  if (startsWith(0x50, 0x4b, 0x03, 0x04) || startsWith(0xd0, 0xcf, 0x11, 0xe0)) {
    throw new ImportProblem("The file is a workbook or a zip archive, not a CSV. Save the sheet as “CSV UTF-8”.");
  }
  if (startsWith(0x1f, 0x8b)) throw new ImportProblem("The file is compressed. Upload the CSV itself.");
  return startsWith(0xef, 0xbb, 0xbf) ? 3 : 0;
}

/** Decodes strictly: undefined when the bytes are not text in the encoding. */
export function decode(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return decoders[encoding].decode(bytes);
  } catch {
    return undefined;
  }
}

const decoders = {
  "utf-8": new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }),
  gb18030: new TextDecoder("gb18030", { fatal: true }),
};

/**
 * Finds the encoding of a file without a mark from all its rows: it is UTF-8 when every row is. Otherwise the encoding with
 * fewer unreadable rows wins, so that one cut-off character in a UTF-8 file does not turn every name into other signs.
 */
export class EncodingVote {
  #notUtf8 = 0;
  #notGb18030 = 0;

  see(record: CsvRecord): void {
    if (record.ascii || !record.bytes) return;
    if (!isUtf8(record.bytes)) this.#notUtf8++;
    if (decode(record.bytes, "gb18030") === undefined) this.#notGb18030++;
  }

  result(): Encoding {
    return this.#notUtf8 > 0 && this.#notGb18030 < this.#notUtf8 ? "gb18030" : "utf-8";
  }
}
