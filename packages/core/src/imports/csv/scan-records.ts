import { importLimits } from "../limits.ts";
import { ImportProblem } from "../problem.ts";
import { type CsvRecord, RecordScanner } from "./record-scanner.ts";

/** Opens the file at an offset; the bytes end where the range to read ends. */
export type OpenAt = (offset: number) => AsyncIterable<Uint8Array>;

/**
 * Streams the records of a range of a CSV, in batches. The same range always gives the same records, and a part of it
 * that begins and ends at record ends gives the same part of them.
 * @throws ImportProblem when quotes are broken so often that reading would not come to an end.
 */
export async function* scanRecords(
  open: OpenAt,
  range: { start: number; delimiter: string },
): AsyncGenerator<CsvRecord[]> {
  let from: number | undefined = range.start;
  for (let rewinds = 0; from !== undefined; rewinds++) {
    if (rewinds > importLimits.rewinds) {
      throw new ImportProblem(`Quotes open and are never closed in more than ${importLimits.rewinds} places.`);
    }
    const scanner: RecordScanner = new RecordScanner({ delimiter: range.delimiter, offset: from });
    for await (const chunk of open(from)) {
      const records = scanner.push(chunk);
      if (records.length > 0) yield records;
      if (scanner.rewindTo !== undefined) break;
    }
    if (scanner.rewindTo === undefined) {
      const rest = scanner.end();
      if (rest.length > 0) yield rest;
    }
    from = scanner.rewindTo;
  }
}
